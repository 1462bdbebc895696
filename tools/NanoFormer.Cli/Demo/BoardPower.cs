using System.Device.Gpio;
using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>The sleeps of a simulated board; they also end with the recording, so that the firmware can be stopped.</summary>
internal sealed class BoardPower(SimulatedBoard board, long endMicroseconds) : IPower
{
    /// <summary>Charge drawn while asleep, in mAh.</summary>
    public double AsleepMilliampHours { get; private set; }

    public StartCause StartCause { get; private set; }

    public long RealTimeMilliseconds => board.Clock.Microseconds / 1000;

    public bool SleepUntilInterrupt(int timeoutMilliseconds) =>
        Sleep(timeoutMilliseconds, limit => board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, limit));

    /// <summary>Sleeps as deeply as the board can; the caller builds the application again, as a boot would.</summary>
    public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
    {
        bool woken = Sleep(timeoutMilliseconds, limit =>
        {
            if (untilInterrupt)
            {
                return board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, limit);
            }

            board.Sleep(limit, McuState.DeepSleep);
            return false;
        });
        StartCause = woken ? StartCause.Interrupt : StartCause.Timer;
        return true;
    }

    private bool Sleep(int timeoutMilliseconds, Func<long, bool> sleep)
    {
        long left = Math.Max(0, endMicroseconds - board.Clock.Microseconds);
        double before = board.Power.MilliampHours;
        bool woken = sleep(Math.Min(timeoutMilliseconds * 1000L, left));
        AsleepMilliampHours += board.Power.MilliampHours - before;
        return woken;
    }
}
