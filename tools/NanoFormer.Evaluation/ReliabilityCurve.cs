namespace NanoFormer.Evaluation;

/// <summary>
/// Whether answers are right as often as their confidence says: accuracy by confidence in equal intervals, as in Guo et al., On
/// Calibration of Modern Neural Networks (2017).
/// </summary>
public sealed class ReliabilityCurve
{
    /// <summary>The usual number of intervals.</summary>
    public const int DefaultBins = 15;

    /// <summary>Sorts answers into intervals.</summary>
    /// <param name="confidences">Confidence of each answer, 0..1.</param>
    /// <param name="correct">Whether each answer is right.</param>
    /// <param name="bins">Number of intervals.</param>
    public ReliabilityCurve(IReadOnlyList<double> confidences, IReadOnlyList<bool> correct, int bins = DefaultBins)
    {
        SameLength.Require(confidences, correct);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var byBin = confidences.Zip(correct).ToLookup(answer => Math.Clamp((int)Math.Ceiling(answer.First * bins) - 1, 0, bins - 1));
        Bins = [.. Enumerable.Range(0, bins).Select(i => Bin([.. byBin[i]], (double)i / bins, (i + 1.0) / bins))];
        ExpectedError = Bins.Sum(bin => bin.Count * bin.Gap) / confidences.Count;
    }

    /// <summary>The intervals, from the least confidence up.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; }

    /// <summary>Expected calibration error (ECE): the mean gap, each answer counting alike, 0..1; NaN without answers.</summary>
    public double ExpectedError { get; }

    private static ReliabilityBin Bin((double Confidence, bool IsCorrect)[] answers, double low, double high) => answers.Length == 0
        ? new ReliabilityBin(low, high, 0, 0, 0)
        : new ReliabilityBin(
            low, high, answers.Length, answers.Average(answer => answer.Confidence), answers.Average(answer => answer.IsCorrect ? 1.0 : 0));
}

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
