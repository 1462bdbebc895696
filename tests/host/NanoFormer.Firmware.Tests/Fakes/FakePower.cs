using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>Sleeps on the fake clock until the next of the given motions.</summary>
internal sealed class FakePower(FakeClock clock, FakeSensor sensor) : IPower
{
    /// <summary>Times in microseconds at which the wearer starts to move.</summary>
    public Queue<long> Motions { get; } = new();

    /// <summary>The pin is up all the time.</summary>
    public bool StuckHigh { get; set; }

    /// <summary>The pin never rises, whatever the sensor says.</summary>
    public bool StuckLow { get; set; }

    /// <summary>Called on every sleep.</summary>
    public Action OnSleep { get; set; } = () => { };

    /// <summary>Whether the board can power down.</summary>
    public bool HasDeepSleep { get; init; } = true;

    /// <summary>Real time less the clock's, as after a clock that started with the program.</summary>
    public long RealTimeAhead { get; set; } = 1_700_000_000_123;

    public StartCause StartCause { get; set; }

    public long RealTimeMilliseconds => (clock.Microseconds / 1000) + RealTimeAhead;

    public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
    {
        if (!HasDeepSleep)
        {
            return false;
        }

        if (!untilInterrupt)
        {
            clock.Sleep(timeoutMilliseconds);
        }

        bool byPin = untilInterrupt && SleepUntilInterrupt(timeoutMilliseconds);
        StartCause = byPin ? StartCause.Interrupt : StartCause.Timer;
        return true;
    }

    public bool SleepUntilInterrupt(int timeoutMilliseconds)
    {
        OnSleep();
        if (StuckHigh)
        {
            clock.Advance(1000);
            return true;
        }

        long deadline = clock.Microseconds + (timeoutMilliseconds * 1000L);
        if (!Motions.TryPeek(out long motion) || motion > deadline)
        {
            clock.Advance(deadline - clock.Microseconds);
            return false;
        }

        Motions.Dequeue();
        clock.Advance(Math.Max(0, motion - clock.Microseconds));
        sensor.MotionFlag = true;
        if (!StuckLow)
        {
            return true;
        }

        clock.Advance(deadline - clock.Microseconds);
        return false;
    }
}
