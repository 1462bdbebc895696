namespace NanoFormer.Model;

/// <summary>Normalization of each row to mean 0 and deviation 1, then gain and bias a channel: int8 <c>[R][C]</c>, C in 2..1024.</summary>
public sealed record LayerNorm : Operator
{
    /// <summary>int8 <c>[1][C]</c>: the gains.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][C]</c>: bias, multiplier and shift of each channel.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>What keeps a constant row from a division by 0, in steps of C^3 input variances; at least 1.</summary>
    public required uint Epsilon { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.LayerNorm;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants];
}
