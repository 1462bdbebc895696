namespace NanoFormer.Model;

/// <summary>Element-wise sum of two tensors of one shape: int8 <c>[R][C]</c>.</summary>
public sealed record Add : Operator
{
    /// <summary>The first operand.</summary>
    public required ActivationTensor First { get; init; }

    /// <summary>The second operand: an <see cref="ActivationTensor"/> or an int8 <see cref="ConstantTensor"/>.</summary>
    public required Tensor Second { get; init; }

    /// <summary>First scale / (2 * the greater input scale).</summary>
    public required FixedMultiplier FirstMultiplier { get; init; }

    /// <summary>Second scale / (2 * the greater input scale).</summary>
    public required FixedMultiplier SecondMultiplier { get; init; }

    /// <summary>2 * the greater input scale / (2^20 * output scale).</summary>
    public required FixedMultiplier OutputMultiplier { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Add;

    /// <inheritdoc/>
    public override IReadOnlyList<ActivationTensor> Inputs => Second is ActivationTensor second ? [First, second] : [First];

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => Second is ConstantTensor constant ? [constant] : [];
}
