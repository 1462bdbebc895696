namespace NanoFormer.Board;

/// <summary>Books the time of processor and sensor in each state and turns it into charge and energy, as estimates.</summary>
public sealed class PowerLedger
{
    private readonly VirtualClock _clock;
    private readonly long[] _mcuTimes = new long[Enum.GetValues<McuState>().Length];
    private readonly long[] _sensorTimes = new long[Enum.GetValues<SensorPowerMode>().Length];
    private readonly long _openedAt;
    private long _bookedUntil;

    /// <summary>Opens a ledger on a clock, with the processor running and the sensor in a given mode.</summary>
    public PowerLedger(VirtualClock clock, BoardProfile board, SensorPowerMode sensor)
    {
        _clock = clock;
        Board = board;
        Sensor = sensor;
        _openedAt = clock.Microseconds;
        _bookedUntil = _openedAt;
    }

    /// <summary>Is told of every stretch of time that is booked: microseconds, and the estimated power of processor and sensor in watts.</summary>
    public Action<long, double>? Passed { get; set; }

    /// <summary>The figures used.</summary>
    public BoardProfile Board { get; }

    /// <summary>Present state of the processor.</summary>
    public McuState Mcu { get; private set; } = McuState.Run;

    /// <summary>Present mode of the sensor.</summary>
    public SensorPowerMode Sensor { get; private set; }

    /// <summary>Time booked so far, in microseconds.</summary>
    public long TotalMicroseconds => _clock.Microseconds - _openedAt;

    /// <summary>Charge drawn by the processor so far, in mAh.</summary>
    public double McuMilliampHours => Enum.GetValues<McuState>()
        .Sum(state => BoardProfile.MilliampHours(Board.Milliamps(state), Microseconds(state)));

    /// <summary>Charge drawn by the sensor so far, in mAh.</summary>
    public double SensorMilliampHours => Enum.GetValues<SensorPowerMode>()
        .Where(mode => Microseconds(mode) > 0)
        .Sum(mode => BoardProfile.MilliampHours(Board.Milliamps(mode), Microseconds(mode)));

    /// <summary>Charge drawn by both so far, in mAh.</summary>
    public double MilliampHours => McuMilliampHours + SensorMilliampHours;

    /// <summary>Energy of both so far, in mJ, each at its own supply (1 mAh at 1 V is 3.6 J).</summary>
    public double Millijoules =>
        3600 * ((McuMilliampHours * Board.Entry.Volts) + (SensorMilliampHours * Board.Entry.SensorVolts));

    /// <summary>Mean current so far, in mA; 0 before any time has passed.</summary>
    public double AverageMilliamps => TotalMicroseconds == 0 ? 0 : MilliampHours * 3.6e9 / TotalMicroseconds;

    /// <summary>The processor goes into a state now.</summary>
    public void EnterMcu(McuState state)
    {
        Book();
        Mcu = state;
    }

    /// <summary>The sensor goes into a mode now.</summary>
    public void EnterSensor(SensorPowerMode mode)
    {
        Book();
        Sensor = mode;
    }

    /// <summary>Time the processor has spent in a state, in microseconds.</summary>
    public long Microseconds(McuState state)
    {
        Book();
        return _mcuTimes[(int)state];
    }

    /// <summary>Time the sensor has spent in a mode, in microseconds.</summary>
    public long Microseconds(SensorPowerMode mode)
    {
        Book();
        return _sensorTimes[(int)mode];
    }

    private void Book()
    {
        long passed = _clock.Microseconds - _bookedUntil;
        _mcuTimes[(int)Mcu] += passed;
        _sensorTimes[(int)Sensor] += passed;
        _bookedUntil = _clock.Microseconds;
        if (passed > 0)
        {
            Passed?.Invoke(passed, Watts);
        }
    }

    private double Watts => ((Board.Milliamps(Mcu) * Board.Entry.Volts) + (Board.Milliamps(Sensor) * Board.Entry.SensorVolts)) / 1000;
}
