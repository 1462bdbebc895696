namespace NanoFormer.Training.Network;

/// <summary>What a network tells.</summary>
/// <param name="Logits">Of the classes; null for a network without.</param>
/// <param name="Error">The anomaly score; null for a network without.</param>
internal sealed record EncoderResult<T>(T? Logits, T? Error)
    where T : class
{
    /// <summary>The outputs of the device: probabilities of the classes, then the score.</summary>
    public T Outputs(IOperators<T> operators) => (Logits, Error) switch
    {
        (T logits, T error) => operators.JoinOutputs(operators.Softmax(logits), error),
        (T logits, null) => operators.Softmax(logits),
        (null, T error) => error,
        _ => throw new InvalidOperationException("A network without classes and score."),
    };
}
