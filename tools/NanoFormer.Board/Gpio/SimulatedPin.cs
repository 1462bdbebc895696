using System.Device.Gpio;

namespace NanoFormer.Board;

/// <summary>One wire of the board: the processor's pin, what a chip does to the wire, pull resistors and faults.</summary>
internal sealed class SimulatedPin
{
    private readonly List<(PinEventTypes Types, PinChangeEventHandler Handler)> _callbacks = [];

    public bool IsOpen { get; private set; }

    public PinMode Mode { get; private set; } = PinMode.Input;

    public PinValue Level { get; private set; } = PinValue.Low;

    /// <summary>Whether the pad is cut off from the processor's input, though not its wire.</summary>
    public bool IsRtcs { get; set; }

    private PinDrive Drive { get; set; }

    private PinValue Output { get; set; } = PinValue.Low;

    private PinValue? Forced { get; set; }

    public void Open() => IsOpen = true;

    public void Close()
    {
        IsOpen = false;
        _callbacks.Clear();
    }

    public void SetMode(PinMode mode)
    {
        Mode = mode;
        IsRtcs = false;
    }

    public void SetOutput(PinValue value) => Output = value;

    public void SetDrive(PinDrive drive) => Drive = drive;

    public void Force(PinValue? level) => Forced = level;

    public void AddCallback(PinEventTypes types, PinChangeEventHandler handler) => _callbacks.Add((types, handler));

    public void RemoveCallback(PinChangeEventHandler handler) => _callbacks.RemoveAll(entry => entry.Handler == handler);

    /// <summary>Computes the level again and tells the callbacks about an edge; true when there was one.</summary>
    public bool Settle(object sender, int number)
    {
        var level = Resolved();
        if (level == Level)
        {
            return false;
        }

        Level = level;
        var edge = level == PinValue.High ? PinEventTypes.Rising : PinEventTypes.Falling;
        foreach (var (_, handler) in _callbacks.Where(entry => entry.Types.HasFlag(edge)).ToArray())
        {
            handler(sender, new PinValueChangedEventArgs(edge, number));
        }

        return true;
    }

    private PinValue Resolved()
    {
        if (Forced is { } forced)
        {
            return forced;
        }

        if (Mode == PinMode.Output)
        {
            return Output;
        }

        return Drive switch
        {
            PinDrive.High => PinValue.High,
            PinDrive.Low => PinValue.Low,
            PinDrive.Released => Mode == PinMode.InputPullUp ? PinValue.High : PinValue.Low,
            _ => throw new InvalidOperationException($"A pin cannot be driven {Drive}."),
        };
    }
}

/// <summary>What a chip's output does to the wire.</summary>
public enum PinDrive
{
    /// <summary>High impedance: the pull resistors decide.</summary>
    Released,

    /// <summary>Pulled to ground.</summary>
    Low,

    /// <summary>Pushed to the supply.</summary>
    High,
}
