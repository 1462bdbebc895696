namespace NanoFormer.Model;

/// <summary>Raw samples to int8: int16 <c>[T][C]</c> to int8 <c>[T][C]</c>.</summary>
public sealed record Quantize : Operator
{
    /// <summary>The raw window.</summary>
    public required WindowTensor Window { get; init; }

    /// <summary>int32 <c>[3][C]</c>: offset (at most 2^16 in magnitude), multiplier and shift of each channel.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Quantize;

    /// <inheritdoc/>
    public override IReadOnlyList<ActivationTensor> Inputs => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [ChannelConstants];
}
