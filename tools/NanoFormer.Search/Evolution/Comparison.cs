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
/// <param name="Found">The best of those without teachers.</param>
/// <param name="Against">The best of the others against the given trial; null without any, or without a given one.</param>
/// <param name="Taught">The trial found with teachers against itself without; null where that was not tried.</param>
public sealed record Finding(Standing Found, Comparison? Against, Comparison? Taught = null)
{
    /// <summary>The trial to train. Teachers need not be better by more than chance: they cost the device nothing, and paid in the mean of other data sets.</summary>
    public Standing Best => Taught is { Gain.Mean: > 0, Trial: var taught } ? new Standing(taught, taught.Score!) : Found;

    /// <summary>The finding so far; null while every training failed.</summary>
    public static Finding? Of(IReadOnlyList<Trial> trials)
    {
        var finding = OfUntaught([.. trials.Where(trial => trial.Origin != TrialOrigin.Taught)]);
        var found = finding?.Found.Trial;
        var taught = trials.FirstOrDefault(trial => trial.Origin == TrialOrigin.Taught && trial.Parent == found?.Id && trial.Whole.Any());
        return taught is null ? finding : finding! with { Taught = Comparison.Of(found!, taught) };
    }

    private static Finding? OfUntaught(IReadOnlyList<Trial> trials)
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
