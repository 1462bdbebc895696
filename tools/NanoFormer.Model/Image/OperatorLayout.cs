namespace NanoFormer.Model;

/// <summary>Which fields of an operator record its kind uses.</summary>
/// <param name="OptionalOperands">Byte offsets of the tensor fields it uses beside input, output and state.</param>
/// <param name="Parameters">Number of its parameters.</param>
internal sealed record OperatorLayout(IReadOnlyList<int> OptionalOperands, int Parameters)
{
    private const int Second = ImageField.Operator.SecondInput;
    private const int Weights = ImageField.Operator.Weights;
    private const int Constants = ImageField.Operator.ChannelConstants;
    private const int Table = ImageField.Operator.Table;

    /// <summary>The tensor fields that some kind leaves unused.</summary>
    public static IReadOnlyList<int> AllOptionalOperands { get; } = [Second, Weights, Constants, Table];

    /// <summary>The layout of a kind; null when it is unknown.</summary>
    public static OperatorLayout? Of(OperatorKind kind) => kind switch
    {
        OperatorKind.Quantize => new([Constants], 2),
        OperatorKind.Conv1d => new([Weights, Constants], 5),
        OperatorKind.Linear => new([Weights, Constants], 2),
        OperatorKind.Attention => new([Weights, Constants, Table], 12),
        OperatorKind.Add => new([Second], 8),
        OperatorKind.Mean => new([], 3),
        OperatorKind.Softmax => new([Table], 0),
        OperatorKind.DepthwiseConv1d => new([Weights, Constants], 5),
        OperatorKind.Lookup => new([Table], 0),
        OperatorKind.LayerNorm => new([Weights, Constants], 3),
        OperatorKind.LinearAttention => new([Weights, Constants], 9),
        OperatorKind.Last => new([], 0),
        OperatorKind.AttentionPool => new([Weights, Constants, Table], 3),
        OperatorKind.Concat => new([Second], 5),
        OperatorKind.Error => new([Second], 9),
        _ => null,
    };
}
