namespace NanoFormer.Model;

/// <summary>Convolution over time of every channel by itself: int8 <c>[T][C]</c> to int8 <c>[U][C]</c>, weights <c>[kernel][C]</c>.</summary>
public sealed record DepthwiseConv1d : Convolution
{
    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.DepthwiseConv1d;
}
