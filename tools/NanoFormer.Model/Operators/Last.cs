namespace NanoFormer.Model;

/// <summary>The last row: int8 <c>[R][C]</c> to int8 <c>[1][C]</c> of the same scale and zero point.</summary>
public sealed record Last : Operator
{
    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Last;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [];
}
