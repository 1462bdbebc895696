namespace NanoFormer.Cli.Benchmarks;

/// <summary>One measurement.</summary>
/// <param name="Model">Model id.</param>
/// <param name="Core">Emulated core.</param>
/// <param name="Backend">Kernels used.</param>
/// <param name="Op">Operator, or <c>total</c>.</param>
/// <param name="Instructions">Mean instructions an inference, over the test vectors of the image.</param>
/// <param name="InstructionsMin">Fewest.</param>
/// <param name="InstructionsMax">Most.</param>
/// <param name="Macs">Multiply-accumulates an inference.</param>
/// <param name="ArenaBytes">Arena of the model.</param>
/// <param name="ImageBytes">Flash of the model.</param>
/// <param name="StackBytes">Deepest stack of the server on the core, the engine included.</param>
internal sealed record BenchmarkRow(
    string Model,
    string Core,
    string Backend,
    string Op,
    long Instructions,
    long InstructionsMin,
    long InstructionsMax,
    long Macs,
    int ArenaBytes,
    int ImageBytes,
    int StackBytes)
{
    /// <summary>Instructions for each multiply-accumulate.</summary>
    public double InstructionsPerMac => (double)Instructions / Macs;
}
