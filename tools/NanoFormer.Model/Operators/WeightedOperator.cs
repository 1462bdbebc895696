namespace NanoFormer.Model;

/// <summary>What the operators with weights share.</summary>
/// <param name="Kind">Which operator it is.</param>
public abstract record WeightedOperator(OperatorKind Kind) : Operator(Kind)
{
    /// <summary>int8, of the operator's own shape.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][N]</c>: folded bias, multiplier and shift of each of the N results that the weights make.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    internal override OperatorConstants Stored => new(Weights, ChannelConstants);
}
