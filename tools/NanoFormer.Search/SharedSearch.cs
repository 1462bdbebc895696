using System.Diagnostics;
using System.Globalization;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Space;
using NanoFormer.Search.Trials;
using Npgsql;

namespace NanoFormer.Search;

/// <summary>
/// A search whose trials are in a PostgreSQL database, so that any number of machines train for it. Each takes the next training when it has
/// ended one; what it finds depends on the order in which they end.
/// </summary>
public sealed class SharedSearch : IAsyncDisposable
{
    private const long LockKey = 0x4E467365; // one worker at a time chooses what is trained next

    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(10);

    private readonly NpgsqlDataSource _database;
    private readonly SearchRequest _request;
    private readonly IReadOnlyList<SearchRound> _rounds;

    private SharedSearch(NpgsqlDataSource database, SearchRequest request)
    {
        _database = database;
        _request = request;
        _rounds = request.Rounds;
    }

    /// <summary>How long a worker may be silent before its training is given to another.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait for a database that does not answer.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>The request.</summary>
    public SearchRequest Request => _request;

    /// <summary>Begins a search in a database, or joins the same one.</summary>
    /// <param name="url"><c>postgres://USER:PASSWORD@HOST:PORT/DATABASE</c>.</param>
    /// <param name="request">What is searched.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="SearchException">The database cannot be used, or holds another search.</exception>
    public static async Task<SharedSearch> BeginAsync(string url, SearchRequest request, CancellationToken cancellation)
    {
        request.Validate();
        var search = new SharedSearch(Open(url), request);
        await search.InTransactionAsync(trials =>
        {
            trials.Execute(SharedSchema.Create);
            foreach (var (name, value) in request.SharedIdentity)
            {
                trials.Execute("INSERT INTO search VALUES ($1, $2) ON CONFLICT DO NOTHING", name, value);
            }

            var stored = trials.Rows("SELECT name, value FROM search", row => (row.GetString(0), row.GetString(1))).ToDictionary();
            string? other = request.SharedIdentity.FirstOrDefault(entry => stored[entry.Key] != entry.Value).Key;
            return other is null ? true : throw new SearchException(SearchError.OtherSearch, $"The database holds a search with another {other}; name another database.");
        }, cancellation);
        return search;
    }

    /// <summary>Joins the search that a database holds.</summary>
    /// <param name="url"><c>postgres://USER:PASSWORD@HOST:PORT/DATABASE</c>.</param>
    /// <param name="dataset">The data set on this machine.</param>
    /// <param name="folder">Folder for trainings under way.</param>
    /// <param name="jobs">Trainings at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="SearchException">The database cannot be used, or holds no search.</exception>
    public static async Task<SharedSearch> JoinAsync(string url, string dataset, string folder, int jobs, CancellationToken cancellation)
    {
        var database = Open(url);
        var stored = await InTransactionAsync(database, UsualPatience, trials => trials.Rows("SELECT to_regclass('search') IS NOT NULL", row => row.GetBoolean(0))[0]
            ? trials.Rows("SELECT name, value FROM search", row => (row.GetString(0), row.GetString(1))).ToDictionary()
            : throw new SearchException(SearchError.BadStore, "The database holds no search: begin one with ./run search CONFIG --store."), cancellation);
        return new SharedSearch(database, SearchRequest.OfShared(stored, dataset, folder, jobs));
    }

    /// <summary>Trains until nothing is left, several trainings at a time.</summary>
    /// <param name="meter">Tells what candidates cost.</param>
    /// <param name="trainer">Trains them.</param>
    /// <param name="ended">Told every training that ended here, with all trials.</param>
    /// <param name="cancellation">Stops it; trainings under way are given back.</param>
    /// <returns>All trials.</returns>
    /// <exception cref="SearchException">Nothing was found, or the database did not answer for too long.</exception>
    public async Task<IReadOnlyList<Trial>> WorkAsync(
        ICostMeter meter, ITrialTrainer trainer, Action<Trial, TrialTraining, IReadOnlyList<Trial>>? ended, CancellationToken cancellation)
    {
        await Task.WhenAll(Enumerable.Range(1, _request.Jobs).Select(_ => WorkOneByOneAsync(meter, trainer, ended, cancellation)));
        return await InTransactionAsync(trials => trials.Trials, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task WorkOneByOneAsync(
        ICostMeter meter, ITrialTrainer trainer, Action<Trial, TrialTraining, IReadOnlyList<Trial>>? ended, CancellationToken cancellation)
    {
        string worker = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}");
        while (true)
        {
            var (job, isOver) = await InTransactionAsync(trials => Next(trials, meter, worker), cancellation);
            if (isOver)
            {
                return;
            }

            if (job is null)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(5, Lease.TotalSeconds / 4)), cancellation);
                continue;
            }

            await TrainAsync(job, trainer, worker, ended, cancellation);
        }
    }

    /// <summary>The next training, leased to a worker; none while others are waited for.</summary>
    private (TrialJob? Job, bool IsOver) Next(SharedTrials trials, ICostMeter meter, string worker)
    {
        var leased = trials.Leased();
        bool isWaiting = false;
        for (int round = 0; round < _rounds.Count; round++)
        {
            var trained = trials.Trials.Where(trial => trial.IsCandidate).Take(_request.Trials).ToArray();
            var own = round == 0 ? trained : Halving.Of(_rounds, round, trained);
            var open = own.Where(trial => trial.InRound(round) is null).ToArray();
            var free = open.FirstOrDefault(trial => !leased.Contains((trial.Id, round)));
            if (free is null && round == 0 && own.Count < _request.Trials)
            {
                var breeder = new Breeder(new SearchSpace(_request.Config), SearchRun.RandomTrials);
                free = new Proposer(breeder, meter, _request.Budget, trials, _request.Seed).Propose(own.Count, Standing.InRound(own, round: 0));
            }

            if (free is not null)
            {
                trials.Lease(free.Id, round, _rounds[round], worker, Lease);
                return (_request.Job(free, round, _rounds[round], trials.Weights(round > 0 ? free.Id : free.Parent ?? trials.Trials[0].Id)), false);
            }

            isWaiting |= open.Length > 0;
            if (isWaiting && _rounds[round].Fold is not > 0) // the finalists are known when all of the rounds before have ended
            {
                return (null, false);
            }

            if (round == 0 && Standing.InRound(own, round: 0).Count == 0)
            {
                throw new SearchException(SearchError.AllFailed, $"Every training failed; the last one: {own[^1].InRound(0)!.Error}");
            }
        }

        return isWaiting ? (null, false) : NextTaught(trials, leased, worker);
    }

    /// <summary>The next training with teachers of what was found, when all others have ended.</summary>
    private (TrialJob? Job, bool IsOver) NextTaught(SharedTrials trials, HashSet<(int Trial, int Round)> leased, string worker)
    {
        if (!_request.IsTaught || Finding.Of(trials.Trials) is not { Found.Trial: var found } || Teaching.Rounds(_rounds, found) is not { Count: > 0 } rounds)
        {
            return (null, true);
        }

        var taught = Teaching.Of(trials, found, Training.Proposal.Teachers.Most);
        int[] open = [.. rounds.Where(round => taught.InRound(round) is null)];
        int[] free = [.. open.Where(round => !leased.Contains((taught.Id, round)))];
        if (free.Length == 0)
        {
            return (null, open.Length == 0);
        }

        trials.Lease(taught.Id, free[0], _rounds[free[0]], worker, Lease);
        return (_request.Job(taught, free[0], _rounds[free[0]], null), false);
    }

    private async Task TrainAsync(
        TrialJob job, ITrialTrainer trainer, string worker, Action<Trial, TrialTraining, IReadOnlyList<Trial>>? ended, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var renewal = RenewAsync(job, worker, stop);
        var clock = Stopwatch.StartNew();
        var (score, weights, error) = (default(TrialScore), default(byte[]), default(string));
        try
        {
            (score, weights) = await trainer.TrainAsync(job, stop.Token);
        }
        catch (TrialException fault)
        {
            error = fault.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return; // the lease ran out, as the database was out of reach for too long: the training is another worker's
        }
        catch (OperationCanceledException)
        {
            await GiveBackAsync(job, worker);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await renewal;
        }

        var training = new TrialTraining(job.Round, job.Epochs, score, clock.Elapsed.TotalSeconds, error, _rounds[job.Round].Fold);
        var all = await InTransactionAsync(trials => Record(trials, job.Trial, training, weights, worker) ? trials.Trials : null, cancellation);
        if (all is not null)
        {
            ended?.Invoke(all[job.Trial - 1], training, all);
        }
    }

    /// <summary>Writes a result down, unless another worker took the training up meanwhile.</summary>
    private static bool Record(SharedTrials trials, int trial, TrialTraining training, byte[]? weights, string worker)
    {
        int rows = trials.Execute(
            """
            UPDATE trainings SET accuracy = $1, macro_f1 = $2, float_accuracy = $3, seconds = $4, error = $5
            WHERE trial = $6 AND round = $7 AND worker = $8 AND seconds IS NULL
            """,
            training.Score?.Accuracy, training.Score?.MacroF1, training.Score?.FloatAccuracy, training.Seconds, training.Error, trial, training.Round, worker);
        if (rows == 1 && weights is not null && training.Fold is null)
        {
            trials.Execute("INSERT INTO weights VALUES ($1, $2) ON CONFLICT (trial) DO UPDATE SET safetensors = excluded.safetensors", trial, weights);
        }

        return rows == 1;
    }

    /// <summary>Renews a lease until it is stopped; stops the training when the lease was lost.</summary>
    private async Task RenewAsync(TrialJob job, string worker, CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 4, stop.Token);
                bool isHeld = await InTransactionAsync(trials => trials.Execute(
                    "UPDATE trainings SET lease_until = now() + $1 WHERE trial = $2 AND round = $3 AND worker = $4", Lease, job.Trial, job.Round, worker) == 1, stop.Token);
                if (!isHeld)
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the training has ended
        }
        catch (SearchException)
        {
            await stop.CancelAsync(); // told by whoever asks for the next training
        }
    }

    private async Task GiveBackAsync(TrialJob job, string worker)
    {
        try
        {
            await using var connection = await _database.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("UPDATE trainings SET lease_until = now() WHERE trial = $1 AND round = $2 AND worker = $3 AND seconds IS NULL", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = job.Trial });
            command.Parameters.Add(new NpgsqlParameter { Value = job.Round });
            command.Parameters.Add(new NpgsqlParameter { Value = worker });
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // the lease runs out by itself
        }
    }

    /// <summary>Does something while no other worker changes the search; again and again while the database does not answer.</summary>
    private Task<T> InTransactionAsync<T>(Func<SharedTrials, T> action, CancellationToken cancellation) =>
        InTransactionAsync(_database, Patience, action, cancellation);

    private static async Task<T> InTransactionAsync<T>(
        NpgsqlDataSource database, TimeSpan patience, Func<SharedTrials, T> action, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var trials = new SharedTrials(connection, transaction);
                trials.Rows(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({LockKey})"), _ => 0);
                var result = action(trials);
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (NpgsqlException fault) when (MayPass(fault))
            {
                if (clock.Elapsed > patience)
                {
                    throw Unreachable(fault);
                }

                await Task.Delay(TimeSpan.FromSeconds(0.5), cancellation);
            }
            catch (NpgsqlException fault)
            {
                throw Unreachable(fault);
            }
        }
    }

    /// <summary>Whether a fault is of a server that is away, starts or stops.</summary>
    private static bool MayPass(NpgsqlException fault) => fault is PostgresException answer
        ? answer.SqlState.StartsWith("57P", StringComparison.Ordinal) || answer.SqlState.StartsWith("08", StringComparison.Ordinal)
        : true;

    private static SearchException Unreachable(Exception fault) => new(SearchError.BadStore, $"The database cannot be used: {fault.Message}", fault);

    private static NpgsqlDataSource Open(string url) => NpgsqlDataSource.Create(ConnectionString(url));

    /// <summary>What Npgsql calls a database that is named by a URL.</summary>
    internal static string ConnectionString(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2)
        {
            throw new SearchException(SearchError.BadStore, $"'{url}' is not postgres://USER:PASSWORD@HOST:PORT/DATABASE.");
        }

        string[] user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "nanoformer search",
            Pooling = false, // a server that restarts breaks every connection that is kept
        }.ConnectionString;
    }
}
