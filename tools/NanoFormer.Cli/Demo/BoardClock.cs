using NanoFormer.Board;
using NanoFormer.Sensors;

namespace NanoFormer.Cli.Demo;

/// <summary>The firmware's clock on a simulated board: sleeping lets virtual time pass.</summary>
internal sealed class BoardClock(SimulatedBoard board) : IClock
{
    public long Microseconds => board.Clock.Microseconds;

    public void Sleep(int milliseconds) => board.Sleep(milliseconds * 1000L);
}
