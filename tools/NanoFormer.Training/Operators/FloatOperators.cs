using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <summary>The network in float on a batch <c>[B, T, C]</c> of scaled windows, with dropout while it trains.</summary>
/// <param name="windows">Scaled windows.</param>
/// <param name="dropRate">Part of the values dropped behind the positions and from what blocks add.</param>
/// <param name="clean">Windows that a score compares the network with in place of <paramref name="windows"/>; null for the same.</param>
internal sealed partial class FloatOperators(Tensor windows, double dropRate = 0, Tensor? clean = null) : IOperators<Tensor>
{
    public static Tensor Activate(Tensor values, ActivationKind? fused) => fused is { } kind ? Apply(values, kind) : values;

    private static Tensor Norm(TorchSharp.Modules.BatchNorm1d norm, Tensor input) =>
        norm.forward(input.reshape(-1, input.shape[^1])).reshape(input.shape);

    private Tensor Drop(Tensor values) => dropRate > 0 ? nn.functional.dropout(values, dropRate, training: true) : values;
}
