using NanoFormer.Training.Evaluation;

namespace NanoFormer.Training;

/// <summary>A trained, quantized and judged model.</summary>
/// <param name="Graph">The integer graph, with test vectors.</param>
/// <param name="Parameters">Weights, biases and positions of the folded network.</param>
/// <param name="Test">Results on the test windows.</param>
/// <param name="RawTest">Results on test windows cut from raw recordings; null without such.</param>
public sealed record TrainedModel(Graph Graph, int Parameters, SetResult Test, SetResult? RawTest)
{
    /// <summary>The network in float, before fine-tuning with rounding; null where a float file cannot hold it.</summary>
    public FloatNetwork? FloatNetwork { get; init; }

    /// <summary>The teacher in float; null without one.</summary>
    public FloatNetwork? TeacherNetwork { get; init; }

    /// <summary>The float network's parameters and norms by name, to start another training from.</summary>
    public required IReadOnlyDictionary<string, WeightTensor> Weights { get; init; }

    /// <summary>The architecture that the weights are of: after pruning, what was kept.</summary>
    public required ArchitectureOptions Architecture { get; init; }

    /// <summary>The network before pruning and after each of its steps; empty without.</summary>
    public IReadOnlyList<PruningStep> Pruning { get; init; } = [];
}
