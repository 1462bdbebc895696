namespace NanoFormer.Board;

/// <summary>What goes wrong on a board, and when: all of it reproducible. The default is a board without faults.</summary>
public sealed record FaultPlan
{
    /// <summary>Seed of what happens by probability.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>WHO_AM_I of another part that shares the registers, or null for the genuine 0x68.</summary>
    public byte? CloneWhoAmI { get; init; }

    /// <summary>True when the chip's motion detection never fires, as on some clones.</summary>
    public bool DeadMotionDetection { get; init; }

    /// <summary>Rate error, wander and jitter of the sensor's clock, or null for a perfect one.</summary>
    public SensorOscillator? SensorClock { get; init; }

    /// <summary>Probability that an addressing of any I2C chip is not acknowledged, 0 to 1.</summary>
    public double NackProbability { get; init; }

    /// <summary>Stretches in which no I2C chip acknowledges, although it keeps its state.</summary>
    public IReadOnlyList<FaultWindow> NackWindows { get; init; } = [];

    /// <summary>Stretches in which both lines of the bus are low, as without pull-ups or with a chip without power on it.</summary>
    public IReadOnlyList<FaultWindow> BusHeldLow { get; init; } = [];

    /// <summary>Whether a clock module is on the bus, at the address that the sensor has with its address pin low.</summary>
    public bool SharesAddress { get; init; }

    /// <summary>Whether the sensor's address pin is not connected and reads high: it answers one address further.</summary>
    public bool HasOpenAddressPin { get; init; }

    /// <summary>Stretches in which the sensor is unplugged: no acknowledge, no interrupt; it comes back with its reset values.</summary>
    public IReadOnlyList<FaultWindow> Unplugged { get; init; } = [];

    /// <summary>Moments in seconds at which the sensor's power dips: it starts from its reset values, and nothing else shows.</summary>
    public IReadOnlyList<double> PowerDips { get; init; } = [];

    /// <summary>Stretches in which the sensor answers, but does not measure.</summary>
    public IReadOnlyList<FaultWindow> Frozen { get; init; } = [];

    /// <summary>How it does not measure in these stretches.</summary>
    public SensorFreeze Freeze { get; init; } = SensorFreeze.Values;

    /// <summary>Stretches in which the interrupt wire is shorted to ground.</summary>
    public IReadOnlyList<FaultWindow> InterruptStuckLow { get; init; } = [];

    /// <summary>Stretches in which the interrupt wire is shorted to the supply.</summary>
    public IReadOnlyList<FaultWindow> InterruptStuckHigh { get; init; } = [];

    /// <summary>
    /// Stretches in which the processor stands still, whatever it was waiting for: long enough, and the sensor's FIFO overflows.
    /// </summary>
    public IReadOnlyList<FaultWindow> ProcessorStalls { get; init; } = [];

    /// <summary>Probability that a byte on the serial line loses one bit to noise, 0 to 1.</summary>
    public double SerialFlipProbability { get; init; }
}

/// <summary>A stretch of virtual time.</summary>
/// <param name="FromSeconds">Start, included.</param>
/// <param name="ToSeconds">End, excluded.</param>
public readonly record struct FaultWindow(double FromSeconds, double ToSeconds)
{
    /// <summary>Start in microseconds.</summary>
    public long FromMicroseconds => (long)Math.Round(FromSeconds * 1e6);

    /// <summary>End in microseconds.</summary>
    public long ToMicroseconds => (long)Math.Round(ToSeconds * 1e6);

    /// <summary>True when a time in microseconds lies inside.</summary>
    public bool Contains(long microseconds) => microseconds >= FromMicroseconds && microseconds < ToMicroseconds;
}
