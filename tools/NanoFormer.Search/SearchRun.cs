using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Space;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>
/// A search for good architectures under a budget. What it finds depends on configuration, data, budget, seed, epochs and number of jobs
/// alone: the order in which trainings end changes nothing, and neither does stopping it and going on.
/// </summary>
public static class SearchRun
{
    internal const int RandomTrials = 10;
    private const int RandomTrialsInTime = 3; // of the few that there is time for most should be near the start

    /// <summary>Searches, or goes on; the folder's files are up to date after every training.</summary>
    /// <param name="request">What is searched.</param>
    /// <param name="meter">Tells what candidates cost.</param>
    /// <param name="trainer">Trains them.</param>
    /// <param name="progress">Told every training.</param>
    /// <param name="cancellation">Stops it; the same request goes on.</param>
    /// <returns>All trials.</returns>
    /// <exception cref="SearchException">The request makes no sense, or nothing was found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IReadOnlyList<Trial>> ExecuteAsync(
        SearchRequest request, ICostMeter meter, ITrialTrainer trainer, IProgress<SearchProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        request.Validate();
        Directory.CreateDirectory(request.Folder);
        using var store = new TrialStore(Path.Combine(request.Folder, SearchFiles.Trials), request.Identity);
        var breeder = new Breeder(new SearchSpace(request.Config), request.Minutes is null ? RandomTrials : RandomTrialsInTime);
        var proposer = new Proposer(breeder, meter, request.Budget, store, request.Seed, isInTime: request.Minutes is not null);
        await new SearchSession(request, store, proposer, trainer, progress).RunAsync(cancellation);
        SearchFiles.Write(request.Folder, store.Trials, request.Budget);
        return store.Trials;
    }
}

/// <summary>A training that has ended.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Training">The training.</param>
/// <param name="Best">The best of the last round so far; null while every training failed.</param>
/// <param name="EpochsDone">Epochs done in the whole search, those of earlier sessions included.</param>
/// <param name="EpochsInAll">Epochs of the whole search.</param>
/// <param name="Left">Time left, where the search was given minutes.</param>
public sealed record SearchProgress(Trial Trial, TrialTraining Training, Standing? Best, int EpochsDone, int EpochsInAll, TimeSpan? Left = null);
