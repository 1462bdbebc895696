namespace NanoFormer.Evaluation;

/// <summary>The answers whose confidence lies in one interval.</summary>
/// <param name="Low">Confidence that the interval begins above.</param>
/// <param name="High">Largest confidence in it.</param>
/// <param name="Count">Answers; of an empty interval confidence and accuracy are 0.</param>
/// <param name="Confidence">Their mean confidence, 0..1.</param>
/// <param name="Accuracy">Part of them that is right, 0..1.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double Confidence, double Accuracy)
{
    /// <summary>How far the confidence is off, 0..1.</summary>
    public double Gap => Math.Abs(Accuracy - Confidence);
}
