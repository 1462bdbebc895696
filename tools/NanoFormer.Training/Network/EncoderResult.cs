namespace NanoFormer.Training.Network;

/// <summary>The outputs of a network.</summary>
/// <param name="Logits">Of the classes; null for a network without.</param>
/// <param name="Score">The anomaly score; null for a network without.</param>
internal sealed record EncoderResult<T>(T? Logits, T? Score)
    where T : class
{
    /// <summary>The outputs of the device: probabilities of the classes, then the score.</summary>
    public T Outputs(IOperators<T> operators) => (Logits, Score) switch
    {
        (T logits, T score) => operators.JoinOutputs(operators.Softmax(logits), score),
        (T logits, null) => operators.Softmax(logits),
        (null, T score) => score,
        _ => throw new InvalidOperationException("A network without classes and score."),
    };
}
