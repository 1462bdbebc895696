using NanoFormer.Board;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>One measurement.</summary>
/// <param name="Model">Model id.</param>
/// <param name="Core">Emulated core.</param>
/// <param name="Backend">Kernels used.</param>
/// <param name="Packed">Whether the image has its packed section.</param>
/// <param name="Op">An operator or group of them with its place in the model, <c>step</c> for one step of a stream, or <c>total</c>.</param>
/// <param name="Instructions">Instructions: the mean over the test vectors of the image; of a step the most.</param>
/// <param name="Macs">Multiply-accumulates.</param>
/// <param name="Cycles">Estimated cycles, where there is a model of them; else null.</param>
/// <param name="ArenaBytes">Arena that runs or, of a step, the stream need; 0 for operators.</param>
/// <param name="CodeBytes">Flash of the engine and of the kernels that the model needs; 0 for operators, null where it was not linked for itself.</param>
/// <param name="ImageBytes">Flash of the model; 0 for operators.</param>
/// <param name="StackBytes">Bound of the deepest stack of <c>nf_session_run</c> or <c>nf_session_step</c>; 0 for operators.</param>
/// <param name="Peer">What it is held against, such as CMSIS-NN; null where nothing was recorded.</param>
/// <param name="PeerInstructions">The peer's instructions for the same model and core.</param>
/// <param name="PeerCycles">Its cycles, by the same model of the core; null where they were not recorded.</param>
internal sealed record BenchmarkRow(
    string Model,
    string Core,
    string Backend,
    bool Packed,
    string Op,
    long Instructions,
    long Macs,
    long? Cycles,
    int ArenaBytes,
    int? CodeBytes,
    int ImageBytes,
    int StackBytes,
    string? Peer,
    long? PeerInstructions,
    long? PeerCycles)
{
    /// <summary>Op of a row about a whole inference.</summary>
    public const string Total = "total";

    /// <summary>Op of a row about one step of a stream.</summary>
    public const string Step = "step";

    /// <summary>
    /// Of a row about a whole inference: instructions from one to the next, with the firmware's; null where the firmware does not work with
    /// the model.
    /// </summary>
    public HopCost? Hop { get; init; }

    /// <summary>Instructions for each multiply-accumulate; null where there are none.</summary>
    public double? InstructionsPerMac => Macs > 0 ? (double)Instructions / Macs : null;

    /// <summary>Estimated cycles for each multiply-accumulate; null where either is not known.</summary>
    public double? CyclesPerMac => Macs > 0 ? (double?)Cycles / Macs : null;

    /// <summary>How many times fewer cycles than the peer; null where they are not known.</summary>
    public double? PeerCycleRatio => (double?)PeerCycles / Cycles;

    /// <summary>How many times fewer instructions than the peer.</summary>
    public double? PeerRatio => PeerInstructions is { } peer ? (double)peer / Instructions : null;
}
