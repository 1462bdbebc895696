namespace NanoFormer.Model;

/// <summary>
/// Element-wise sum of two tensors of one shape: int8 <c>[R][C]</c>. The input multipliers are scale / (2 * the greater input scale).
/// </summary>
public sealed record Add : BinaryOperator
{
    /// <summary>2 * the greater input scale / (2^20 * output scale).</summary>
    public required FixedMultiplier OutputMultiplier { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Add;
}
