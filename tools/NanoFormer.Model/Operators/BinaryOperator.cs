namespace NanoFormer.Model;

/// <summary>What the operators with two inputs share: each input is brought to a common scale by a multiplier of its own.</summary>
/// <param name="Kind">Which operator it is.</param>
public abstract record BinaryOperator(OperatorKind Kind) : Operator(Kind)
{
    /// <summary>
    /// The second operand: an <see cref="ActivationTensor"/>; that of an add may be an int8 <see cref="ConstantTensor"/>.
    /// </summary>
    public required Tensor Second { get; init; }

    /// <summary>Brings the first input to the common scale.</summary>
    public required FixedMultiplier FirstMultiplier { get; init; }

    /// <summary>Brings the second input to the common scale.</summary>
    public required FixedMultiplier SecondMultiplier { get; init; }

    /// <inheritdoc/>
    public sealed override Tensor SecondInput => Second;

    /// <inheritdoc/>
    public sealed override Operator Rebind(Func<Tensor, Tensor> replace) =>
        (BinaryOperator)base.Rebind(replace) with { Second = replace(Second) };

    internal sealed override OperatorConstants Stored => default;
}

/// <content>What the operators with two inputs share.</content>
public sealed partial class GraphBuilder
{
    private static void RequireSameShape(Tensor first, Tensor second, string name)
    {
        if (first.Rows != second.Rows || first.Columns != second.Columns)
        {
            throw new ArgumentException($"[{first.Rows}][{first.Columns}] and [{second.Rows}][{second.Columns}] differ.", name);
        }
    }
}
