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

    public void Sleep(int milliseconds) => board.Sleep(milliseconds * 1000L);
}
