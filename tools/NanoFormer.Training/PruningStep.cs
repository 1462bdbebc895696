namespace NanoFormer.Training;

/// <summary>A network on the way of structured pruning.</summary>
/// <param name="Blocks">The sizes of its blocks.</param>
/// <param name="Costs">What it costs a device.</param>
/// <param name="FloatAccuracy">Its accuracy on the windows judged on, in float, 0..1.</param>
public sealed record PruningStep(IReadOnlyList<BlockOptions> Blocks, ModelCosts Costs, double FloatAccuracy);
