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

    private readonly IReadOnlyList<SearchRound> _rounds = request.Rounds;

    private readonly SearchClock _clock = new(request, store);

    private readonly JobPool<Ended> _pool = new(request.Jobs);

    /// <summary>
    /// How many of the trials before it a candidate takes no notice of, so that it does not matter which of them have ended; twice as many
    /// as run beside it, so that it seldom has to wait.
    /// </summary>
    private int Unnoticed => 2 * (request.Jobs - 1);

    private IReadOnlyList<Trial> Trained => [.. store.Trials.Where(trial => trial.IsCandidate).Take(request.Trials)];

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            MeasureWholeTraining(stop.Token);
            await RunRoundAsync(0, request.Trials, NextCandidate, stop.Token);
            RequireScores();
            int? finalists = null;
            for (int round = 1; round < _rounds.Count; round++)
            {
                int? places = _rounds[round].Fold > 0 ? finalists ??= _clock.Places(_rounds[round]) : _clock.Places(_rounds[round]);
                var own = Halving.Of(_rounds, round, Trained, places);
                await RunRoundAsync(round, own.Count, number => own[number], stop.Token);
            }

            await TeachAsync(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await _pool.SettleAsync();
        }
    }

    /// <summary>
    /// Begins a search in minutes with the given trial's whole training, which it needs anyway: so the clock knows how long one takes.
    /// </summary>
    private void MeasureWholeTraining(CancellationToken cancellation)
    {
        int whole = _rounds.Index().FirstOrDefault(one => one.Item.Fold == 0).Index;
        if (request.Minutes is not null && whole > 0 && NextCandidate(0) is { Origin: TrialOrigin.Given } given && given.InRound(whole) is null)
        {
            _pool.Add(int.MaxValue, TrainAsync(given, whole, null, cancellation));
        }
    }

    private async Task RunRoundAsync(int round, int count, Func<int, Trial> next, CancellationToken cancellation)
    {
        for (int number = 0; number < count; number++)
        {
            int oldest = number - Unnoticed;
            await RecordWhileAsync(() => _pool.IsFull || _pool.Oldest < oldest);
            cancellation.ThrowIfCancellationRequested();
            if (round == 0 ? number >= Trained.Count && _clock.IsTimeForWholeTrainings : _rounds[round].Fold > 0 && _clock.IsOver(_rounds[round]))
            {
                break;
            }

            var trial = next(number);
            if (trial.InRound(round) is null)
            {
                _pool.Add(number, TrainAsync(trial, round, Start(trial, round, number), cancellation));
            }
        }

        await RecordWhileAsync(() => !_pool.IsEmpty);
    }

    /// <summary>Trains what was found with teachers, on as many parts of the subjects as there are jobs when time is short.</summary>
    private async Task TeachAsync(CancellationToken cancellation)
    {
        if (!request.IsTaught || Finding.Of(store.Trials) is not { Found.Trial: var found })
        {
            return;
        }

        var rounds = Teaching.Rounds(_rounds, found);
        rounds = request.Minutes is null ? rounds : [.. rounds.Take(request.Jobs)];
        int teachers = _clock.Teachers(rounds.Count);
        if (rounds.Count == 0 || teachers == 0)
        {
            return;
        }

        var taught = Teaching.Of(store, found, teachers);
        foreach (int round in rounds.Where(round => taught.InRound(round) is null))
        {
            await RecordWhileAsync(() => _pool.IsFull);
            _pool.Add(round, TrainAsync(taught, round, null, cancellation));
        }

        await RecordWhileAsync(() => !_pool.IsEmpty);
    }

    /// <summary>A trial that an earlier session left, or a new one.</summary>
    private Trial NextCandidate(int number)
    {
        var trained = Trained;
        return number < trained.Count
            ? trained[number]
            : proposer.Propose(number, Standing.InRound(trained.Take(number - Unnoticed), round: 0));
    }

    /// <summary>The weights that a look starts from: of the trial's parent, or of the given trial, and later of its own.</summary>
    private byte[]? Start(Trial trial, int round, int number) => round > 0 ? store.Weights(trial.Id)
        : trial.Parent is { } parent ? store.Weights(parent)
        : trial.Origin == TrialOrigin.Random && number > Unnoticed && Trained[0].Origin == TrialOrigin.Given ? store.Weights(Trained[0].Id)
        : null;

    private async Task<Ended> TrainAsync(Trial trial, int round, byte[]? start, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var job = request.Job(trial, round, _rounds[round], start);
        TrialTraining Result(TrialScore? score, string? error) => new(round, job.Epochs, score, clock.Elapsed.TotalSeconds, error, _rounds[round].Fold);
        try
        {
            var (score, weights) = await trainer.TrainAsync(job, cancellation);
            return new Ended(trial.Id, Result(score, null), _rounds[round].Fold is null ? weights : null);
        }
        catch (TrialException fault)
        {
            return new Ended(trial.Id, Result(null, fault.Message), null);
        }
    }

    private async Task RecordWhileAsync(Func<bool> isWaitedFor)
    {
        while (isWaitedFor())
        {
            Record(await _pool.TakeAsync());
        }
    }

    private void Record(Ended ended)
    {
        var trial = store.Add(ended.Trial, ended.Training, ended.Weights);
        SearchFiles.Write(request.Folder, store.Trials, request.Budget);
        progress?.Report(new SearchProgress(trial, ended.Training, Finding.Of(store.Trials)?.Best,
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
