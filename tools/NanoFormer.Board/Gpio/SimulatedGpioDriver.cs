using System.Device.Gpio;

namespace NanoFormer.Board;

/// <summary>
/// The processor's pins behind System.Device.Gpio: use it as <c>new GpioController(driver)</c>. Chips drive wires from the other side;
/// callbacks run synchronously, inside the clock event that moved the wire. A wire that nobody drives reads low, or high with the
/// processor's pull-up.
/// </summary>
public sealed class SimulatedGpioDriver : GpioDriver
{
    private readonly VirtualClock _clock;
    private readonly SimulatedPin[] _pins;

    /// <summary>Makes a driver of a number of pins, 0 to pinCount - 1.</summary>
    public SimulatedGpioDriver(VirtualClock clock, int pinCount = 64)
    {
        _clock = clock;
        _pins = [.. Enumerable.Range(0, pinCount).Select(_ => new SimulatedPin())];
    }

    /// <summary>Raised after the level of a pin has changed, whoever changed it: for loggers and marker pins.</summary>
    public event Action<int, PinValue>? LevelChanged;

    /// <inheritdoc/>
    protected override int PinCount => _pins.Length;

    /// <summary>The level of a pin's wire, without opening the pin.</summary>
    public PinValue Level(int pinNumber) => _pins[pinNumber].Level;

    /// <summary>What a chip does to a pin's wire.</summary>
    public void Drive(int pinNumber, PinDrive drive)
    {
        _pins[pinNumber].SetDrive(drive);
        Settle(pinNumber);
    }

    /// <summary>Sticks a pin's wire at a level whatever drives it, or lets it go again with null.</summary>
    public void Force(int pinNumber, PinValue? level)
    {
        _pins[pinNumber].Force(level);
        Settle(pinNumber);
    }

    /// <summary>The RTC has a pin's pad: the processor reads low there until the pin's mode is set.</summary>
    public void GiveToRtc(int pinNumber) => _pins[pinNumber].IsRtcs = true;

    /// <summary>The pad is the processor's again, as after a reset.</summary>
    public void TakeBackFromRtc(int pinNumber) => _pins[pinNumber].IsRtcs = false;

    /// <inheritdoc/>
    protected override void OpenPin(int pinNumber) => _pins[pinNumber].Open();

    /// <inheritdoc/>
    protected override void ClosePin(int pinNumber) => _pins[pinNumber].Close();

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        _pins[pinNumber].SetMode(mode);
        Settle(pinNumber);
    }

    /// <inheritdoc/>
    protected override PinMode GetPinMode(int pinNumber) => _pins[pinNumber].Mode;

    /// <inheritdoc/>
    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) =>
        mode is PinMode.Input or PinMode.InputPullUp or PinMode.InputPullDown or PinMode.Output;

    /// <inheritdoc/>
    protected override PinValue Read(int pinNumber) => _pins[pinNumber].IsRtcs ? PinValue.Low : _pins[pinNumber].Level;

    /// <inheritdoc/>
    protected override void Write(int pinNumber, PinValue value)
    {
        _pins[pinNumber].SetOutput(value);
        Settle(pinNumber);
    }

    /// <inheritdoc/>
    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        _pins[pinNumber].AddCallback(eventTypes, callback);

    /// <inheritdoc/>
    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        _pins[pinNumber].RemoveCallback(callback);

    /// <summary>
    /// Lets virtual time run, event by event, until an edge, cancellation, or the end of all scheduled events. The token knows only wall
    /// time; to wait a virtual time use <see cref="VirtualClock.AdvanceUntil"/>.
    /// </summary>
    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        var seen = PinEventTypes.None;
        void OnEdge(object sender, PinValueChangedEventArgs edge) => seen = edge.ChangeType;

        _pins[pinNumber].AddCallback(eventTypes, OnEdge);
        while (seen == PinEventTypes.None && !cancellationToken.IsCancellationRequested && _clock.NextEvent is { } next)
        {
            _clock.AdvanceTo(next);
        }

        _pins[pinNumber].RemoveCallback(OnEdge);
        return new WaitForEventResult { EventTypes = seen, TimedOut = seen == PinEventTypes.None };
    }

    private void Settle(int pinNumber)
    {
        if (_pins[pinNumber].Settle(this, pinNumber))
        {
            LevelChanged?.Invoke(pinNumber, _pins[pinNumber].Level);
        }
    }
}
