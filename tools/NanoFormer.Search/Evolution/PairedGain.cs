namespace NanoFormer.Search.Evolution;

/// <summary>How much more accurate one of two ways of training is, by cross-validation: both judged on the same parts of the subjects.</summary>
/// <param name="Folds">The parts.</param>
/// <param name="Mean">Difference of the accuracies, in the mean.</param>
/// <param name="Error">
/// Its standard error, by the differences on each part. They are not independent, because the trainings share subjects: corrected as by Nadeau
/// and Bengio, Inference for the Generalization Error (2003). Infinite for a single part.
/// </param>
public sealed record PairedGain(int Folds, double Mean, double Error)
{
    /// <summary>What is not worth a change.</summary>
    public const double Least = 0.005;

    /// <summary>Whether the gain is worth a change, and more than chance.</summary>
    public bool IsBetter => Mean >= Least && Mean > Error;

    /// <summary>The gain by the differences on each part.</summary>
    public static PairedGain Of(IReadOnlyList<double> differences)
    {
        double mean = differences.DefaultIfEmpty(0).Average();
        double variance = differences.Sum(one => (one - mean) * (one - mean)) / (differences.Count - 1);
        return new PairedGain(differences.Count, mean,
            differences.Count < 2 ? double.PositiveInfinity : Math.Sqrt(variance * ((1.0 / differences.Count) + (1.0 / (differences.Count - 1)))));
    }
}
