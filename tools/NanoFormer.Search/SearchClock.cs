using System.Diagnostics;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>
/// The time of a search that was given minutes: how long candidates are looked at, and how many are trained whole. It goes by the trainings
/// that have ended, looks and whole ones apart, because each also takes time to start.
/// </summary>
internal sealed class SearchClock(SearchRequest request, TrialStore store)
{
    private const double TaughtShare = 0.5; // of the minutes, for training what was found with teachers
    private const double LastShare = 0.5;   // of the others, for whole trainings
    private const int Fewest = 2;           // trials to compare, and parts to compare them on
    private const int MostFinalists = 6;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _before = store.Trials.Sum(trial => trial.Trainings.Sum(training => training.Seconds)) / request.Jobs;

    /// <summary>Time left; null for a search without minutes.</summary>
    public TimeSpan? Left => request.Minutes is { } minutes ? TimeSpan.FromSeconds(Math.Max(0, (60 * minutes) - Spent)) : null;

    /// <summary>
    /// Whether another candidate would take the time that whole trainings need. Two are always looked at, as there is nothing to compare
    /// otherwise.
    /// </summary>
    public bool IsTimeForWholeTrainings => LeftForRounds is { } left && store.Trials.Count(trial => trial.OverBudget is null) >= Fewest
        && left - LookSeconds < Math.Max(LastShare * ((60 * request.Minutes!.Value) - Kept), Math.Ceiling((double)Fewest * request.Folds.Count / request.Jobs) * WholeSeconds);

    /// <summary>
    /// Whether time is out before another whole training of a round would end. The second part of the subjects may take the teachers' time,
    /// as nothing can be compared on one alone.
    /// </summary>
    public bool IsOver(SearchRound round) => (round.Fold < Fewest ? Left?.TotalSeconds : LeftForRounds) is { } left && left < WholeSeconds;

    /// <summary>How many trials of a round there is time for; null for a search without minutes.</summary>
    public int? Places(SearchRound round)
    {
        if (LeftForRounds is not { } left)
        {
            return null;
        }

        int trainings = (int)Math.Min(1000, left * request.Jobs / Math.Max(1e-3, WholeSeconds));
        return round.Fold == 0
            ? Math.Clamp(trainings / 3, Fewest, Halving.Part(Math.Max(Fewest, store.Trials.Count(trial => trial.OverBudget is null))))
            : Math.Clamp(trainings / Math.Max(1, request.Folds.Count - 1), Fewest, MostFinalists);
    }

    /// <summary>How many teachers there is time for on each of some parts of the subjects, as many at a time as there are jobs.</summary>
    public int Teachers(int parts) => Left is { } left
        ? Training.Proposal.Teachers.InTime(left.TotalSeconds / Math.Max(1e-3, WholeSeconds) / Math.Ceiling((double)parts / request.Jobs))
        : Training.Proposal.Teachers.Most;

    /// <summary>Seconds kept for teaching.</summary>
    private double Kept => request.IsTaught ? 60 * TaughtShare * request.Minutes!.Value : 0;

    /// <summary>Seconds left for looks and whole trainings without teachers; null for a search without minutes.</summary>
    private double? LeftForRounds => Left is { } left ? Math.Max(0, left.TotalSeconds - Kept) : null;

    private double Spent => _before + _clock.Elapsed.TotalSeconds;

    private double LookSeconds => Seconds(training => training.Fold is null) ?? 0;

    private double WholeSeconds => Seconds(training => training.Fold is not null) ?? LookSeconds * request.Config.FloatTraining.Epochs / request.Epochs;

    private double? Seconds(Func<TrialTraining, bool> kind) => store.Trials.Where(trial => trial.IsCandidate).SelectMany(trial => trial.Trainings)
        .Where(training => training.Score is not null && kind(training)).Select(training => (double?)training.Seconds).DefaultIfEmpty(null).Average();
}
