namespace NanoFormer.Model;

/// <summary>Mean over rows: int8 <c>[R][C]</c> to int8 <c>[1][C]</c>.</summary>
public sealed record Mean : Operator
{
    /// <summary>Input scale / (rows * output scale); its mantissa may lie below 2^30.</summary>
    public required FixedMultiplier Multiplier { get; init; }

    /// <summary>In a step program, the rows remembered, over which the mean goes; else 0: the rows of the input.</summary>
    public int RowCount { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Mean;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [];
}
