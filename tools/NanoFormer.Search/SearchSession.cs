using System.Diagnostics;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>The rounds of a search. Trainings run side by side; all else, the file of trials too, is done by one task.</summary>
internal sealed class SearchSession(
    SearchRequest request, TrialStore store, Proposer proposer, ITrialTrainer trainer, IProgress<SearchProgress>? progress)
{
    private sealed record Ended(int Trial, TrialTraining Training);

    private readonly (int Trials, int Epochs)[] _rounds =
        [.. Halving.Rounds(request.Trials, request.Epochs, request.Config.FloatTraining.Epochs)];

    private readonly JobPool<Ended> _pool = new(request.Jobs);

    /// <summary>
    /// How many of the trials before it a candidate takes no notice of, so that it does not matter which of them have ended; twice as many
    /// as run beside it, so that it seldom has to wait.
    /// </summary>
    private int Unnoticed => 2 * (request.Jobs - 1);

    private IReadOnlyList<Trial> Trained => [.. store.Trials.Where(trial => trial.OverBudget is null).Take(request.Trials)];

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await RunRoundAsync(0, request.Trials, NextCandidate, stop.Token);
            RequireScores();
            for (int round = 1; round < _rounds.Length; round++)
            {
                Standing[] promoted = [.. Halving.Promote(Standing.InRound(Trained, round - 1))];
                await RunRoundAsync(round, promoted.Length, number => promoted[number].Trial, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await _pool.SettleAsync();
        }
    }

    private async Task RunRoundAsync(int round, int count, Func<int, Trial> next, CancellationToken cancellation)
    {
        for (int number = 0; number < count; number++)
        {
            while (_pool.IsFull || _pool.Oldest < number - Unnoticed)
            {
                Record(await _pool.TakeAsync());
            }

            cancellation.ThrowIfCancellationRequested();
            var trial = next(number);
            if (trial.InRound(round) is null)
            {
                _pool.Add(number, TrainAsync(new TrialJob(trial.Id, round, trial.Config, _rounds[round].Epochs), cancellation));
            }
        }

        while (!_pool.IsEmpty)
        {
            Record(await _pool.TakeAsync());
        }
    }

    /// <summary>A trial that an earlier session left, or a new one.</summary>
    private Trial NextCandidate(int number)
    {
        var trained = Trained;
        return number < trained.Count
            ? trained[number]
            : proposer.Propose(number, Standing.InRound(trained.Take(number - Unnoticed), round: 0));
    }

    private async Task<Ended> TrainAsync(TrialJob job, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TrialTraining Result(TrialScore? score, string? error) => new(job.Round, job.Epochs, score, clock.Elapsed.TotalSeconds, error);
        try
        {
            return new Ended(job.Trial, Result(await trainer.TrainAsync(job, cancellation), null));
        }
        catch (TrialException fault)
        {
            return new Ended(job.Trial, Result(null, fault.Message));
        }
    }

    private void Record(Ended ended)
    {
        var trial = store.Add(ended.Trial, ended.Training);
        SearchFiles.Write(request.Folder, store.Trials, request.Budget);
        var standings = Standing.InLastRound(store.Trials);
        progress?.Report(new SearchProgress(trial, ended.Training, standings.Count == 0 ? null : Standing.Best(standings),
            Trained.Sum(one => one.Trainings.Sum(training => training.Epochs)), _rounds.Sum(round => round.Trials * round.Epochs)));
    }

    private void RequireScores()
    {
        if (Standing.InRound(Trained, round: 0).Count == 0)
        {
            throw new SearchException(SearchError.AllFailed, $"Every training failed; the last one: {Trained[^1].InRound(0)!.Error}");
        }
    }
}
