namespace NanoFormer.Evaluation;

/// <summary>Accuracy against coverage: what is gained by leaving out the answers a model is least sure of.</summary>
public sealed class CoverageCurve
{
    private readonly (double Confidence, bool IsCorrect)[] _answers;

    /// <summary>Orders answers by confidence.</summary>
    /// <param name="confidences">Confidence of each answer, 0..1.</param>
    /// <param name="correct">Whether each answer is right.</param>
    public CoverageCurve(IReadOnlyList<double> confidences, IReadOnlyList<bool> correct)
    {
        SameLength.Require(confidences, correct);
        _answers = [.. confidences.Zip(correct).OrderByDescending(answer => answer.First)];
        Points = [.. AllPoints()];
    }

    /// <summary>The point of every confidence that occurs, from the largest down.</summary>
    public IReadOnlyList<CoveragePoint> Points { get; }

    /// <summary>The point of a threshold.</summary>
    public CoveragePoint At(double threshold)
    {
        var believed = _answers.TakeWhile(answer => answer.Confidence >= threshold).ToArray();
        return Point(threshold, believed.Length, believed.Count(answer => answer.IsCorrect));
    }

    private IEnumerable<CoveragePoint> AllPoints()
    {
        int correct = 0;
        for (int i = 0; i < _answers.Length; i++)
        {
            correct += _answers[i].IsCorrect ? 1 : 0;
            if (i + 1 == _answers.Length || _answers[i + 1].Confidence < _answers[i].Confidence)
            {
                yield return Point(_answers[i].Confidence, i + 1, correct);
            }
        }
    }

    private CoveragePoint Point(double threshold, int believed, int correct) =>
        new(threshold, (double)believed / _answers.Length, believed == 0 ? null : (double)correct / believed);
}

/// <summary>What a confidence gate would do at one threshold.</summary>
/// <param name="Threshold">Least confidence that is believed, 0..1.</param>
/// <param name="Coverage">Part of all answers that is believed, 0..1.</param>
/// <param name="Accuracy">Part of the believed answers that is right, 0..1; null when none is believed.</param>
public sealed record CoveragePoint(double Threshold, double Coverage, double? Accuracy);
