namespace NanoFormer.Model;

/// <summary>Softmax over each row: int8 <c>[R][L]</c> to int8 <c>[R][L]</c> with scale 1/256 and zero point -128; L at most 511.</summary>
public sealed record Softmax : Operator
{
    /// <summary>int32 <c>[1][256]</c>: the exponentials for the scale of the input.</summary>
    public required ConstantTensor Exponentials { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Softmax;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Exponentials];
}
