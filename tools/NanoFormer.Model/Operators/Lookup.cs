namespace NanoFormer.Model;

/// <summary>Any function of one value, by a table: int8 <c>[R][C]</c> to int8 <c>[R][C]</c>.</summary>
public sealed record Lookup : Operator
{
    /// <summary>int8 <c>[1][256]</c>: the result for each value from -128 on.</summary>
    public required ConstantTensor Table { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Lookup;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Table];
}
