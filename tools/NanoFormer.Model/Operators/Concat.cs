namespace NanoFormer.Model;

/// <summary>
/// Two tensors joined along rows or columns, each rescaled: int8 <c>[R1][C1]</c> and <c>[R2][C2]</c>. The multipliers are
/// input scale / output scale.
/// </summary>
public sealed record Concat : BinaryOperator
{
    /// <summary>Along what they are joined.</summary>
    public required ConcatAxis Axis { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Concat;
}
