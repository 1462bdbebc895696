using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Evolution;

/// <summary>A trial with its score of one round: only scores of the same number of epochs can be compared.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Score">Its score in that round.</param>
public sealed record Standing(Trial Trial, TrialScore Score)
{
    private const double LeastGain = 0.005; // in accuracy

    /// <summary>The trials that have a score in a round, in the order of proposal.</summary>
    public static IReadOnlyList<Standing> InRound(IEnumerable<Trial> trials, int round) =>
        [.. trials.Where(trial => trial.InRound(round)?.Score is not null)
            .Select(trial => new Standing(trial, trial.InRound(round)!.Score!))];

    /// <summary>The trials that came into the last round there are scores of; empty when there are none at all.</summary>
    public static IReadOnlyList<Standing> InLastRound(IReadOnlyList<Trial> trials) =>
        InRound(trials, trials.Max(trial => trial.Longest?.Round) ?? 0);

    /// <summary>The most accurate; of equals the smallest.</summary>
    public static Standing Best(IEnumerable<Standing> standings) =>
        standings.OrderByDescending(one => one.Score.Accuracy).ThenBy(one => one.Trial.Costs.ImageBytes).First();

    /// <summary>
    /// What a search has found: the best, unless the trial that it was given comes so near that the difference may be chance.
    /// </summary>
    public static Standing Winner(IReadOnlyCollection<Standing> standings)
    {
        var best = Best(standings);
        var given = standings.FirstOrDefault(one => one.Trial.Origin == TrialOrigin.Given);
        return given is not null && best.Score.Accuracy - given.Score.Accuracy < LeastGain ? given : best;
    }

    /// <summary>Whether it is as good as another in accuracy, bytes of flash and instructions, and better in one of them.</summary>
    public bool Dominates(Standing other)
    {
        var (mine, others) = (Trial.Costs, other.Trial.Costs);
        return Score.Accuracy >= other.Score.Accuracy && mine.ImageBytes <= others.ImageBytes && mine.Instructions <= others.Instructions
            && (Score.Accuracy > other.Score.Accuracy || mine.ImageBytes < others.ImageBytes || mine.Instructions < others.Instructions);
    }
}
