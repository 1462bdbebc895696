using System.Device.Gpio;
using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>Deep sleep on a simulated board; it also ends with the recording, so that the firmware can be stopped.</summary>
internal sealed class BoardPower(SimulatedBoard board, long endMicroseconds) : IPower
{
    /// <summary>Charge drawn while asleep, in mAh.</summary>
    public double AsleepMilliampHours { get; private set; }

    public bool SleepUntilInterrupt(int timeoutMilliseconds)
    {
        var left = Math.Max(0, endMicroseconds - board.Clock.Microseconds);
        var before = board.Power.MilliampHours;
        var woken = board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, Math.Min(timeoutMilliseconds * 1000L, left));
        AsleepMilliampHours += board.Power.MilliampHours - before;
        return woken;
    }
}
