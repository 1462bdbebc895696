namespace NanoFormer.Board;

/// <summary>The chip's timing generator: ticks of a nominal period, as fast or slow as its oscillator runs.</summary>
internal sealed class SampleTimer(VirtualClock clock, SensorOscillator oscillator, int seed, Action onTick)
{
    private readonly GaussianNoise _jitter = new(seed);
    private ScheduledEvent? _pending;
    private double _ideal;

    /// <summary>Nominal period in microseconds; 0 while stopped.</summary>
    public double PeriodMicroseconds { get; private set; }

    /// <summary>Sets the period, 0 to stop; true when that started the timer again. An unchanged period keeps its phase.</summary>
    public bool Run(double periodMicroseconds)
    {
        if (periodMicroseconds == PeriodMicroseconds)
        {
            return false;
        }

        _pending?.Cancel();
        PeriodMicroseconds = periodMicroseconds;
        if (periodMicroseconds == 0)
        {
            return false;
        }

        _ideal = clock.Microseconds;
        ScheduleNext();
        return true;
    }

    private void ScheduleNext()
    {
        _ideal += oscillator.TrueMicroseconds(PeriodMicroseconds, clock.Seconds);
        double late = oscillator.JitterMicroseconds == 0 ? 0 : oscillator.JitterMicroseconds * _jitter.Next();
        _pending = clock.Schedule((long)Math.Round(_ideal + late), Tick);
    }

    // The next tick comes first: what this one starts may reach firmware, which may reconfigure the chip or let time pass.
    private void Tick()
    {
        ScheduleNext();
        onTick();
    }
}
