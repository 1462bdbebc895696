using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.ManagedCost;

namespace NanoFormer.Cli.Demo;

/// <summary>
/// An engine on a simulated board: a run takes the time its instructions would take there, and a second, independent engine must give
/// the same bytes.
/// </summary>
internal sealed class WatchedEngine(ITransformerEngine engine, ITransformerEngine? witness, SimulatedBoard board) : ITransformerEngine
{
    private readonly List<long> _instructions = [];
    private readonly List<long> _cycles = [];

    /// <inheritdoc/>
    public ModelInfo Info => engine.Info;

    /// <summary>Windows run.</summary>
    public int Runs { get; private set; }

    /// <summary>Windows on which both engines gave the same bytes.</summary>
    public int Agreements { get; private set; }

    /// <summary>Whether a second engine runs along.</summary>
    public bool HasWitness => witness is not null;

    /// <summary>Windows that a second engine ran too.</summary>
    public int Comparisons => witness is null ? 0 : Runs;

    /// <summary>Instructions of each run; empty where nobody counts them.</summary>
    public IReadOnlyList<long> Instructions => _instructions;

    /// <summary>Estimated cycles of each run; empty for cores without a model of them.</summary>
    public IReadOnlyList<long> Cycles => _cycles;

    /// <inheritdoc/>
    public void Run(short[] window, sbyte[] output)
    {
        RunBoth(window, output);
        if (engine is EmulatedCore core)
        {
            _instructions.Add(core.LastInstructions);
            if (core.LastCycles is { } cycles)
            {
                _cycles.Add(cycles);
            }

            board.Execute(WorkKind.Inference, core.LastInstructions, core.LastCycles);
        }

        board.EndHop();
    }

    // The engines are the workbench's, though parts of the firmware may carry them.
    private void RunBoth(short[] window, sbyte[] output)
    {
        using var pause = ManagedCounter.Pause();
        engine.Run(window, output);
        Runs++;
        if (witness is null)
        {
            return;
        }

        sbyte[] second = new sbyte[output.Length];
        witness.Run(window, second);
        if (second.AsSpan().SequenceEqual(output))
        {
            Agreements++;
        }
    }

    /// <inheritdoc/>
    public void SelfTest() => engine.SelfTest();

    /// <inheritdoc/>
    public void Dispose()
    {
        engine.Dispose();
        witness?.Dispose();
    }
}
