using System.Diagnostics;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>The time of a search that was given minutes: how long candidates are looked for, and how many are trained to the end.</summary>
internal sealed class SearchClock(SearchRequest request, TrialStore store)
{
    private const double LastShare = 0.4; // of the minutes, for the last round

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _before = store.Trials.Sum(trial => trial.Trainings.Sum(training => training.Seconds)) / request.Jobs;

    /// <summary>Time left; null for a search without minutes.</summary>
    public TimeSpan? Left => request.Minutes is { } minutes ? TimeSpan.FromSeconds(Math.Max(0, (60 * minutes) - Spent)) : null;

    /// <summary>
    /// Whether another candidate would take the time that the last round needs. Two are always trained, as there is nothing to compare
    /// otherwise.
    /// </summary>
    public bool IsTimeForTheLastRound => Left is { } left && store.Trials.Count(trial => trial.OverBudget is null) >= 2
        && left.TotalSeconds - (request.Epochs * EpochSeconds) < Math.Max(60 * LastShare * request.Minutes!.Value, Math.Ceiling(2.0 / request.Jobs) * LastSeconds);

    /// <summary>How many trainings to the end there is time for, at least two; null for a search without minutes.</summary>
    public int? LastTrainings => Left is { } left ? Math.Max(2, (int)Math.Min(1000, left.TotalSeconds * request.Jobs / Math.Max(1e-3, LastSeconds))) : null;

    private double Spent => _before + _clock.Elapsed.TotalSeconds;

    private double LastSeconds => request.Config.FloatTraining.Epochs * EpochSeconds;

    /// <summary>Seconds of an epoch with all that a training does besides; 0 before the first has ended.</summary>
    private double EpochSeconds => store.Trials.SelectMany(trial => trial.Trainings).Where(training => training.Score is not null)
        .Select(training => training.Seconds / training.Epochs).DefaultIfEmpty(0).Average();
}
