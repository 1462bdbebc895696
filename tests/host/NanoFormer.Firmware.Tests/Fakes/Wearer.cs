using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>A wearable on fakes, and someone who sways with 0.5 g and turns with 100 degrees per second at 2 Hz at given times.</summary>
internal sealed class Wearer
{
    public Wearer(bool hasDeepSleep = true)
    {
        Sensor = new FakeSensor(Clock) { Signal = Sway };
        Power = new FakePower(Clock, Sensor) { HasDeepSleep = hasDeepSleep };
        Engine = new FakeEngine(Clock);
    }

    public FakeClock Clock { get; } = new();

    public FakeSensor Sensor { get; }

    public FakePower Power { get; }

    public FakeEngine Engine { get; set; }

    public LineList Log { get; } = new();

    /// <summary>The defaults, except the capture at boot (most tests begin with a motion) and the noise that the fake lacks.</summary>
    public WearableSettings Settings { get; } = new() { CaptureAtBoot = false, DetectFrozenSensor = false };

    /// <summary>Times in microseconds between which the wearer moves.</summary>
    public List<(long From, long To)> Motions { get; } = [];

    /// <summary>Offset of every rotation axis in sensor steps.</summary>
    public short GyroOffset { get; set; }

    public void Move(double fromSeconds, double toSeconds)
    {
        long from = (long)(fromSeconds * 1e6);
        Motions.Add((from, (long)(toSeconds * 1e6)));
        Power.Motions.Enqueue(from);
    }

    public bool Run(int maxWakes)
    {
        using var transformer = new Transformer(Engine);
        return Application(transformer).Run(maxWakes);
    }

    /// <summary>Opens the native path: the C code that ships, unless a test asks for its twin.</summary>
    public Func<CaptureSettings, ICapturePort, ICaptureSource> Path { get; set; } = (settings, port) => new HostCapture(settings, port);

    public WearableApplication Application(Transformer transformer)
    {
        var board = new BoardAccess
        {
            Bus = Sensor,
            OpenCapture = settings => new Capture(Path(settings, new BusCapturePort(Sensor, Clock))),
            Clock = Clock,
            Power = Power,
            Sink = Log,
        };
        return new(board, transformer, Settings);
    }

    private short[] Sway(long time)
    {
        bool moving = Motions.Any(m => m.From <= time && time < m.To);
        double sway = moving ? Math.Sin(2 * Math.PI * 2 * time / 1e6) : 0;
        short gyro = (short)(GyroOffset + (6550 * sway));
        return [(short)(4096 * sway), 0, 8192, gyro, gyro, gyro];
    }
}
