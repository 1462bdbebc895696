using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Evolution;

/// <summary>A trial with a score: only scores after the same number of epochs, on the same subjects, can be compared.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Score">Its score.</param>
public sealed record Standing(Trial Trial, TrialScore Score)
{
    /// <summary>The trials that have a score in a round, in the order of proposal.</summary>
    public static IReadOnlyList<Standing> InRound(IEnumerable<Trial> trials, int round) =>
        [.. trials.Where(trial => trial.InRound(round)?.Score is not null)
            .Select(trial => new Standing(trial, trial.InRound(round)!.Score!))];

    /// <summary>The trials that came furthest, judged on the most parts of the subjects; empty when there are no scores at all.</summary>
    public static IReadOnlyList<Standing> Last(IReadOnlyList<Trial> trials)
    {
        int folds = trials.Select(trial => trial.Whole.Count()).DefaultIfEmpty(0).Max();
        return folds == 0
            ? InRound(trials, trials.Max(trial => trial.Longest?.Round) ?? 0)
            : [.. trials.Where(trial => trial.Whole.Count() == folds).Select(trial => new Standing(trial, trial.Score!))];
    }

    /// <summary>The most accurate; of equals the smallest.</summary>
    public static Standing Best(IEnumerable<Standing> standings) =>
        standings.OrderByDescending(one => one.Score.Accuracy).ThenBy(one => one.Trial.Costs.ImageBytes).First();

    /// <summary>Whether it is as good as another in accuracy, bytes of flash and instructions, and better in one of them.</summary>
    public bool Dominates(Standing other)
    {
        var (mine, others) = (Trial.Costs, other.Trial.Costs);
        return Score.Accuracy >= other.Score.Accuracy && mine.ImageBytes <= others.ImageBytes && mine.Instructions <= others.Instructions
            && (Score.Accuracy > other.Score.Accuracy || mine.ImageBytes < others.ImageBytes || mine.Instructions < others.Instructions);
    }
}
