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
    private const double LastShare = 0.5; // of the minutes, for whole trainings
    private const int Fewest = 2;         // trials to compare
    private const int MostFinalists = 6;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _before = store.Trials.Sum(trial => trial.Trainings.Sum(training => training.Seconds)) / request.Jobs;

    /// <summary>Time left; null for a search without minutes.</summary>
    public TimeSpan? Left => request.Minutes is { } minutes ? TimeSpan.FromSeconds(Math.Max(0, (60 * minutes) - Spent)) : null;

    /// <summary>
    /// Whether another candidate would take the time that whole trainings need. Two are always looked at, as there is nothing to compare
    /// otherwise.
    /// </summary>
    public bool IsTimeForWholeTrainings => Left is { } left && store.Trials.Count(trial => trial.OverBudget is null) >= Fewest
        && left.TotalSeconds - LookSeconds < Math.Max(60 * LastShare * request.Minutes!.Value, Math.Ceiling((double)Fewest * request.Folds.Count / request.Jobs) * WholeSeconds);

    /// <summary>Whether time is out before another whole training would end.</summary>
    public bool IsOver => Left is { } left && left.TotalSeconds < WholeSeconds;

    /// <summary>How many trials of a round there is time for; null for a search without minutes.</summary>
    public int? Places(SearchRound round)
    {
        if (Left is not { } left)
        {
            return null;
        }

        int trainings = (int)Math.Min(1000, left.TotalSeconds * request.Jobs / Math.Max(1e-3, WholeSeconds));
        return round.Fold == 0
            ? Math.Clamp(trainings / 3, Fewest, Halving.Part(Math.Max(Fewest, store.Trials.Count(trial => trial.OverBudget is null))))
            : Math.Clamp(trainings / Math.Max(1, request.Folds.Count - 1), Fewest, MostFinalists);
    }

    private double Spent => _before + _clock.Elapsed.TotalSeconds;

    private double LookSeconds => Seconds(training => training.Fold is null) ?? 0;

    private double WholeSeconds => Seconds(training => training.Fold is not null) ?? LookSeconds * request.Config.FloatTraining.Epochs / request.Epochs;

    private double? Seconds(Func<TrialTraining, bool> kind) => store.Trials.SelectMany(trial => trial.Trainings)
        .Where(training => training.Score is not null && kind(training)).Select(training => (double?)training.Seconds).DefaultIfEmpty(null).Average();
}
