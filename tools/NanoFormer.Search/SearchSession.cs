using System.Diagnostics;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>The rounds of a search. Trainings run side by side; all else, the file of trials too, is done by one task.</summary>
internal sealed class SearchSession(
    SearchRequest request, TrialStore store, Proposer proposer, ITrialTrainer trainer, IProgress<SearchProgress>? progress)
{
    private sealed record Ended(int Trial, TrialTraining Training, byte[]? Weights);

    private readonly (int Trials, int Epochs)[] _rounds = request.Minutes is null
        ? [.. Halving.Rounds(request.Trials, request.Epochs, request.Config.FloatTraining.Epochs)]
        : [.. Halving.Rounds(request.Trials, request.Epochs, request.Config.FloatTraining.Epochs).Take(1), (request.Trials, request.Config.FloatTraining.Epochs)];

    private readonly SearchClock _clock = new(request, store);

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
                var promoted = Halving.Promote(Standing.InRound(Trained, round - 1), _clock.LastTrainings);
                await RunRoundAsync(round, promoted.Count, number => promoted[number].Trial, stop.Token);
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
            if (round == 0 && number >= Trained.Count && _clock.IsTimeForTheLastRound)
            {
                break;
            }

            var trial = next(number);
            if (trial.InRound(round) is null)
            {
                _pool.Add(number, TrainAsync(
                    new TrialJob(trial.Id, round, trial.Config, _rounds[round].Epochs, Start(trial, round, number)), cancellation));
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

    /// <summary>
    /// The weights that a training starts from: of the trial's parent, or of the given trial, and later of its own. In the last round none, as
    /// every trial is to have learnt the same.
    /// </summary>
    private byte[]? Start(Trial trial, int round, int number)
    {
        if (round > 0)
        {
            return round == _rounds.Length - 1 ? null : store.Weights(trial.Id);
        }

        return trial.Parent is { } parent ? store.Weights(parent)
            : trial.Origin == TrialOrigin.Random && number > Unnoticed && Trained[0].Origin == TrialOrigin.Given ? store.Weights(Trained[0].Id)
            : null;
    }

    private async Task<Ended> TrainAsync(TrialJob job, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TrialTraining Result(TrialScore? score, string? error) => new(job.Round, job.Epochs, score, clock.Elapsed.TotalSeconds, error);
        try
        {
            var (score, weights) = await trainer.TrainAsync(job, cancellation);
            return new Ended(job.Trial, Result(score, null), weights);
        }
        catch (TrialException fault)
        {
            return new Ended(job.Trial, Result(null, fault.Message), null);
        }
    }

    private void Record(Ended ended)
    {
        var trial = store.Add(ended.Trial, ended.Training, ended.Weights);
        SearchFiles.Write(request.Folder, store.Trials, request.Budget);
        var standings = Standing.InLastRound(store.Trials);
        progress?.Report(new SearchProgress(trial, ended.Training, standings.Count == 0 ? null : Standing.Winner(standings),
            Trained.Sum(one => one.Trainings.Sum(training => training.Epochs)), _rounds.Sum(round => round.Trials * round.Epochs), _clock.Left));
    }

    private void RequireScores()
    {
        if (Standing.InRound(Trained, round: 0).Count == 0)
        {
            throw new SearchException(SearchError.AllFailed, $"Every training failed; the last one: {Trained[^1].InRound(0)!.Error}");
        }
    }
}
