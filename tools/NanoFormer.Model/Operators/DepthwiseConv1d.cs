namespace NanoFormer.Model;

/// <summary>Convolution over time of every channel by itself: int8 <c>[T][C]</c> to int8 <c>[U][C]</c>.</summary>
public sealed record DepthwiseConv1d : Operator
{
    /// <summary>int8 <c>[T][C]</c>.</summary>
    public required ActivationTensor Input { get; init; }

    /// <summary>int8 <c>[kernel][C]</c>.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][C]</c>: folded bias, multiplier and shift of each channel.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>Samples under the kernel.</summary>
    public required int Kernel { get; init; }

    /// <summary>Samples between the starts of two outputs.</summary>
    public required int Stride { get; init; }

    /// <summary>Padding samples before the first, <c>0 .. Kernel - 1</c>; those after the last follow from the output's rows.</summary>
    public required int PadLeft { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.DepthwiseConv1d;

    /// <inheritdoc/>
    public override IReadOnlyList<ActivationTensor> Inputs => [Input];

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants];

    /// <inheritdoc/>
    public override long MultiplyAccumulates => (long)Output.Rows * Weights.Count;
}
