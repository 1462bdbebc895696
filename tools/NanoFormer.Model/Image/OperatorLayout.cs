namespace NanoFormer.Model;

/// <summary>Which fields of an operator record its kind uses.</summary>
/// <param name="OptionalOperands">Byte offsets of the tensor fields it uses beside input and output.</param>
/// <param name="Parameters">Number of its parameters.</param>
/// <param name="HasScratch">Whether it needs scratch.</param>
internal sealed record OperatorLayout(IReadOnlyList<int> OptionalOperands, int Parameters, bool HasScratch = false)
{
    /// <summary>The tensor fields that some kind leaves unused.</summary>
    public static IReadOnlyList<int> AllOptionalOperands { get; } =
    [
        ImageField.Operator.SecondInput,
        ImageField.Operator.Weights,
        ImageField.Operator.ChannelConstants,
        ImageField.Operator.Exponentials,
    ];

    /// <summary>The layout of a kind; null when it is unknown.</summary>
    public static OperatorLayout? Of(OperatorKind kind) => kind switch
    {
        OperatorKind.Quantize => new([ImageField.Operator.ChannelConstants], 0),
        OperatorKind.Conv1d => new([ImageField.Operator.Weights, ImageField.Operator.ChannelConstants], 5),
        OperatorKind.Linear => new([ImageField.Operator.Weights, ImageField.Operator.ChannelConstants], 2),
        OperatorKind.Attention => new(
            [ImageField.Operator.Weights, ImageField.Operator.ChannelConstants, ImageField.Operator.Exponentials], 10, HasScratch: true),
        OperatorKind.Add => new([ImageField.Operator.SecondInput], 8),
        OperatorKind.Mean => new([], 2),
        OperatorKind.Softmax => new([ImageField.Operator.Exponentials], 0),
        OperatorKind.DepthwiseConv1d => new([ImageField.Operator.Weights, ImageField.Operator.ChannelConstants], 5),
        _ => null,
    };
}
