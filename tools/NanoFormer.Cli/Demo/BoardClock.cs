using NanoFormer.Board;
using NanoFormer.Sensors;

namespace NanoFormer.Cli.Demo;

/// <summary>The firmware's clock on a simulated board: sleeping lets virtual time pass.</summary>
internal sealed class BoardClock(SimulatedBoard board) : IClock
{
    public long Microseconds
    {
        get
        {
            board.Clock.Advance(0); // by what the firmware itself has taken since
            return board.Clock.Microseconds;
        }
    }

    public void Sleep(int milliseconds)
    {
        if (board.Esp32 is not { } chip)
        {
            board.Sleep(milliseconds * 1000L);
            return;
        }

        long end = Microseconds + (milliseconds * 1000L);
        if (milliseconds >= SimulatedEsp32.ShortestLightSleepMilliseconds)
        {
            chip.EnableTimer(milliseconds * 1000L);
            chip.SleepLightly();
        }

        board.Compute(Math.Max(0, end - board.Clock.Microseconds)); // what an early wake-up left
    }
}
