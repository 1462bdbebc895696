using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Evolution;

/// <summary>A trial against the one that the search was given, judged on the same parts of the subjects after whole trainings.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Gain">How much more accurate it is.</param>
public sealed record Comparison(Trial Trial, PairedGain Gain)
{
    /// <summary>Compares two trials.</summary>
    public static Comparison Of(Trial given, Trial trial) => new(trial, PairedGain.Of(
        [.. given.Whole.Join(trial.Whole, one => one.Fold, one => one.Fold, (one, other) => other.Score!.Accuracy - one.Score!.Accuracy)]));
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
            .OrderByDescending(one => one.Gain.IsBetter).ThenByDescending(one => one.Gain.Folds).ThenByDescending(one => one.Gain.Mean - one.Gain.Error).FirstOrDefault();
        var found = best is { Gain.IsBetter: true } ? best.Trial : given;
        return new Finding(new Standing(found, found.Score!), best);
    }
}
