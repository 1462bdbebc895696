using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Evolution;

/// <summary>A trial against the one that the search was given, judged on the same parts of the subjects after whole trainings.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Folds">Parts on which both were judged.</param>
/// <param name="Gain">How much more accurate it is, in the mean.</param>
/// <param name="Error">
/// Standard error of the gain, by the differences on each part. They are not independent, because the trainings share subjects: corrected as
/// by Nadeau and Bengio, Inference for the Generalization Error (2003). Infinite for a single part.
/// </param>
public sealed record Comparison(Trial Trial, int Folds, double Gain, double Error)
{
    private const double LeastGain = 0.005; // in accuracy

    /// <summary>Whether the trial is better, and by more than chance.</summary>
    public bool IsBetter => Gain >= LeastGain && Gain > Error;

    /// <summary>Compares two trials.</summary>
    public static Comparison Of(Trial given, Trial trial)
    {
        double[] gains = [.. given.Whole.Join(trial.Whole, one => one.Fold, one => one.Fold, (one, other) => other.Score!.Accuracy - one.Score!.Accuracy)];
        double mean = gains.DefaultIfEmpty(0).Average();
        double variance = gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Length - 1);
        double error = gains.Length < 2 ? double.PositiveInfinity : Math.Sqrt(variance * ((1.0 / gains.Length) + (1.0 / (gains.Length - 1))));
        return new Comparison(trial, gains.Length, mean, error);
    }
}

/// <summary>What a search has found.</summary>
/// <param name="Best">The trial to train.</param>
/// <param name="Against">The best of the others against the given trial; null without any, or without a given one.</param>
public sealed record Finding(Standing Best, Comparison? Against)
{
    /// <summary>The finding so far; null while every training failed.</summary>
    public static Finding? Of(IReadOnlyList<Trial> trials)
    {
        var standings = Standing.Last(trials);
        if (standings.Count == 0)
        {
            return null;
        }

        var given = trials.FirstOrDefault(trial => trial is { Origin: TrialOrigin.Given, Score: not null });
        if (given is null)
        {
            return new Finding(Standing.Best(standings), null);
        }

        var best = trials.Where(trial => trial.Id != given.Id && trial.Whole.Any()).Select(trial => Comparison.Of(given, trial))
            .OrderByDescending(one => one.IsBetter).ThenByDescending(one => one.Folds).ThenByDescending(one => one.Gain - one.Error).FirstOrDefault();
        var found = best is { IsBetter: true } ? best.Trial : given;
        return new Finding(new Standing(found, found.Score!), best);
    }
}
