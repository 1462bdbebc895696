namespace NanoFormer.Model;

/// <summary>Mean over rows: int8 <c>[R][C]</c> to int8 <c>[1][C]</c>.</summary>
public sealed record Mean : Operator
{
    /// <summary>int8 <c>[R][C]</c>.</summary>
    public required ActivationTensor Input { get; init; }

    /// <summary>Input scale / (R * output scale); its mantissa may lie below 2^30.</summary>
    public required FixedMultiplier Multiplier { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Mean;

    /// <inheritdoc/>
    public override IReadOnlyList<ActivationTensor> Inputs => [Input];

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [];
}
