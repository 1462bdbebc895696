namespace NanoFormer.Model;

/// <summary>What the two convolutions over time share.</summary>
public abstract record Convolution : Operator
{
    /// <summary>int8; the shape is the operator's own.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][output channels]</c>: folded bias, multiplier and shift of each output channel.</summary>
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
    public sealed override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants];

    /// <inheritdoc/>
    public sealed override long MultiplyAccumulates => (long)Output.Rows * Weights.Count;
}
