using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Energy.Live.Simulation;
using NanoFormer.Energy.Mlperf;

namespace NanoFormer.Cli.Energy;

/// <summary>A model whose inferences a simulated instrument measures, at the estimated power of the board that the core stands for.</summary>
internal sealed class PoweredModel : IBenchmarkModel
{
    private readonly IBenchmarkModel _model;
    private readonly SimulatedInstrument _instrument;
    private readonly BoardProfile _board;

    public PoweredModel(IBenchmarkModel model, SimulatedInstrument instrument, string core)
    {
        _model = model;
        _instrument = instrument;
        string board = CoreTarget.All.Any(target => target.Name == core) ? core : CoreTarget.CortexM4.Name;
        _board = PowerFigures.Shipped.Board(board);
    }

    public string Id => _model.Id;

    public int InputBytes => _model.InputBytes;

    public long Microseconds => _model.Microseconds;

    public float[] Run(ReadOnlySpan<byte> input)
    {
        long start = _model.Microseconds;
        float[] results = _model.Run(input);
        _instrument.Pass((_model.Microseconds - start) / 1e6, Watts(McuState.Run));
        return results;
    }

    /// <summary>The device waits for a command.</summary>
    public void Rest() => _instrument.Rest(Watts(McuState.LightSleep));

    private double Watts(McuState state) => _board.Milliamps(state) / 1000 * _instrument.Volts;
}
