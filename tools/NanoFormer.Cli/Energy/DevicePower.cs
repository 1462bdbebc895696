using System.Diagnostics;
using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Energy.Live.Simulation;

namespace NanoFormer.Cli.Energy;

/// <summary>What a simulated instrument sees of a device: its marker, and its power by the estimate for a board.</summary>
internal sealed class DevicePower(SimulatedInstrument instrument, BoardProfile board) : IDeviceWatcher
{
    private readonly Stopwatch _real = new();
    private double _device;

    /// <inheritdoc/>
    public void Works()
    {
        instrument.Work();
        _real.Restart();
        _device = 0;
    }

    /// <summary>An inference; no faster than on the board, because a host cannot read the samples of an instrument that outruns the clock.</summary>
    public void Ran(double seconds)
    {
        instrument.Pass(seconds, Watts(McuState.Run));
        _device += seconds;
        int ahead = (int)((_device - _real.Elapsed.TotalSeconds) * 1000);
        if (ahead > 0)
        {
            Thread.Sleep(ahead);
        }
    }

    /// <inheritdoc/>
    public void Falls() => instrument.Edge();

    /// <inheritdoc/>
    public void Rests() => instrument.Rest(Watts(McuState.LightSleep));

    private double Watts(McuState state) => board.Milliamps(state) / 1000 * instrument.Volts;
}
