namespace NanoFormer.Board;

/// <summary>
/// A board's power model: E = V I t with the figures of <see cref="PowerFigures"/>. Every result is an estimate. Currents of processor
/// and sensor add up at the battery, as behind linear regulators.
/// </summary>
public sealed class BoardProfile
{
    private const double MicrosecondsPerHour = 3.6e9;
    private const double HoursPerDay = 24;

    private readonly Dictionary<McuState, PowerFigure> _mcuFigures;
    private readonly Dictionary<SensorPowerMode, PowerFigure> _sensorFigures;

    internal BoardProfile(BoardEntry entry, SensorPart part, PowerFigures figures)
    {
        Entry = entry;
        _mcuFigures = new Dictionary<McuState, PowerFigure>
        {
            [McuState.Run] = figures.Figure(entry.Run),
            [McuState.LightSleep] = figures.Figure(entry.LightSleep),
            [McuState.DeepSleep] = figures.Figure(entry.DeepSleep),
        };
        _sensorFigures = SensorFigures(part).ToDictionary(pair => pair.Mode, pair => figures.Figure(pair.Id));
    }

    private static (SensorPowerMode Mode, string Id)[] SensorFigures(SensorPart part) => part switch
    {
        SensorPart.Lsm6dso =>
        [
            (SensorPowerMode.Sleep, "lsm6dso.power-down"),
            (SensorPowerMode.AccelLowPower, "lsm6dso.accel-12.5hz"),
            (SensorPowerMode.AccelOnly, "lsm6dso.accel"),
            (SensorPowerMode.AccelAndGyro, "lsm6dso.accel-gyro"),
        ],
        _ =>
        [
            (SensorPowerMode.Sleep, "mpu6050.idle"),
            (SensorPowerMode.Cycle1Hz25, "mpu6050.cycle-1.25hz"),
            (SensorPowerMode.Cycle5Hz, "mpu6050.cycle-5hz"),
            (SensorPowerMode.Cycle20Hz, "mpu6050.cycle-20hz"),
            (SensorPowerMode.Cycle40Hz, "mpu6050.cycle-40hz"),
            (SensorPowerMode.AccelOnly, "mpu6050.accel"),
            (SensorPowerMode.AccelAndGyro, "mpu6050.accel-gyro"),
        ],
    };

    /// <summary>Clock, supplies and battery.</summary>
    public BoardEntry Entry { get; }

    /// <summary>Every figure the profile uses, for reports that name their sources.</summary>
    public IEnumerable<PowerFigure> Figures => _mcuFigures.Values.Concat(_sensorFigures.Values);

    /// <summary>Current of the processor in mA.</summary>
    public double Milliamps(McuState state) => _mcuFigures[state].Milliamps(Entry.ClockMegahertz);

    /// <summary>Current of the sensor in mA; 0 when it is unplugged.</summary>
    public double Milliamps(SensorPowerMode mode) =>
        mode == SensorPowerMode.Off ? 0 : _sensorFigures[mode].Milliamps(Entry.ClockMegahertz);

    /// <summary>Time in microseconds that a number of core cycles takes.</summary>
    public double Microseconds(long cycles) => cycles / Entry.ClockMegahertz;

    /// <summary>Time in microseconds of an inference: by its cycles, or else by its instructions; null where neither was counted.</summary>
    public double? InferenceMicroseconds(HopCost hop) =>
        hop.InferenceCycles is { } cycles ? Microseconds(cycles) : hop.Inference is { } count ? InstructionMicroseconds(count) : null;

    /// <summary>Time in microseconds that the processor is busy in a hop; null without an inference.</summary>
    public double? BusyMicroseconds(HopCost hop) =>
        InferenceMicroseconds(hop) + InstructionMicroseconds((hop.Capture ?? 0) + (hop.Managed ?? 0));

    /// <summary>Time in microseconds that a number of instructions of compiled C takes; an estimate.</summary>
    public double InstructionMicroseconds(long instructions) => instructions * Entry.CyclesPerInstruction / Entry.ClockMegahertz;

    /// <summary>Energy of the processor in microjoules for a time of inference in microseconds.</summary>
    public double InferenceMicrojoules(double microseconds) => Entry.Volts * Milliamps(McuState.Run) * microseconds * 1e-3;

    /// <summary>Charge in mAh of a current in mA over a time in microseconds.</summary>
    public static double MilliampHours(double milliamps, double microseconds) => milliamps * microseconds / MicrosecondsPerHour;

    /// <summary>Days that a battery lasts at a mean current in mA; the profile's battery unless one is given in mAh.</summary>
    public double BatteryDays(double milliamps, double? batteryMilliampHours = null) =>
        (batteryMilliampHours ?? Entry.BatteryMilliampHours) / milliamps / HoursPerDay;

    /// <summary>
    /// Mean current in mA of the same board without wake-on-motion: the sensor always on, an inference of some microseconds at every
    /// hop, light sleep in between.
    /// </summary>
    public double AlwaysOnMilliamps(double inferenceMicroseconds, double hopMicroseconds)
    {
        double busy = Math.Min(1, inferenceMicroseconds / hopMicroseconds);
        double processor = (busy * Milliamps(McuState.Run)) + ((1 - busy) * Milliamps(McuState.LightSleep));
        return processor + Milliamps(SensorPowerMode.AccelAndGyro);
    }

    /// <summary>
    /// Mean current in mA of a day with a share of time in motion (0 to 1): always on while in motion, deep sleep with the sensor in a
    /// cycle mode otherwise.
    /// </summary>
    public double WakeOnMotionMilliamps(double motionShare, double inferenceMicroseconds, double hopMicroseconds, SensorPowerMode waiting)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(motionShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(motionShare, 1);
        double asleep = Milliamps(McuState.DeepSleep) + Milliamps(waiting);
        return (motionShare * AlwaysOnMilliamps(inferenceMicroseconds, hopMicroseconds)) + ((1 - motionShare) * asleep);
    }
}
