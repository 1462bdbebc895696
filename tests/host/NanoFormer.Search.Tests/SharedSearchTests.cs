using System.Diagnostics;
using NanoFormer.Search.Trials;
using Npgsql;

namespace NanoFormer.Search.Tests;

public sealed class SharedSearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_workers_share_a_search_and_no_trial_is_lost_or_done_twice()
    {
        using var server = PostgresServer.Start(Assert.Skip);
        var request = Samples.Request("none") with { Trials = 16, Epochs = 4 };
        var trainers = Enumerable.Range(0, 3).Select(_ => new FakeTrainer { Before = _ => Task.Delay(20, Cancellation) }).ToArray();

        var trials = await Task.WhenAll(trainers.Select(trainer => WorkAsync(server, request, trainer)));

        var jobs = trainers.SelectMany(trainer => trainer.Jobs).Select(job => (job.Trial, job.Round)).ToArray();
        Assert.Equal(jobs.Length, jobs.Distinct().Count());
        Assert.Equal(16, trials[0].Count(trial => trial.InRound(0) is not null));
        Assert.Equal(4, trials[0].Count(trial => trial.IsCandidate && trial.InRound(1) is { Epochs: 16 }));
        Assert.NotNull(trials[0][0].InRound(1));
        Assert.All(trainers, trainer => Assert.NotEmpty(trainer.Jobs));
        Assert.Equal(3, Assert.Single(trials[0], trial => trial.Origin == TrialOrigin.Taught).Whole.Count());
        Assert.All(trials[0].Where(trial => trial.Origin == TrialOrigin.Mutation && trial.OverBudget is null), trial => Assert.Equal(
            [(byte)trial.Parent!], trainers.SelectMany(trainer => trainer.Jobs).Single(job => (job.Trial, job.Round) == (trial.Id, 0)).Start!));
    }

    [Fact]
    public async Task A_worker_that_falls_silent_loses_its_training_to_another()
    {
        using var server = PostgresServer.Start(Assert.Skip);
        var request = Samples.Request("none") with { Trials = 4, Epochs = 16 };
        await using var silent = await SharedSearch.BeginAsync(server.Url, request, Cancellation);
        await ExecuteAsync(server, "INSERT INTO trials SELECT 1, 'given', NULL, $1, 1000, 100, 100, 1000, true, NULL", Samples.Config.ToJson());
        await ExecuteAsync(server, "INSERT INTO trainings (trial, round, epochs, worker, lease_until) VALUES (1, 0, 16, 'dead', now() + interval '2 seconds')");
        var trainer = new FakeTrainer();
        var clock = Stopwatch.StartNew();

        var trials = await WorkAsync(server, request, trainer);

        Assert.True(clock.Elapsed.TotalSeconds > 1);
        Assert.Equal(4, trials.Count(trial => trial.InRound(0)?.Score is not null));
        Assert.Single(trainer.Jobs, job => job is { Trial: 1, Round: 0 });
        Assert.Equal(2, await CountAsync(server, "SELECT taken FROM trainings WHERE trial = 1 AND round = 0"));
    }

    [Fact]
    public async Task A_lease_is_renewed_while_a_training_takes_longer_than_it()
    {
        using var server = PostgresServer.Start(Assert.Skip);
        var request = Samples.Request("none") with { Trials = 3, Epochs = 16 };
        var trainers = Enumerable.Range(0, 2).Select(_ => new FakeTrainer { Before = job => Task.Delay(job.Round == 0 ? 3000 : 0, Cancellation) }).ToArray();

        await Task.WhenAll(trainers.Select(trainer => WorkAsync(server, request, trainer, TimeSpan.FromSeconds(1))));

        Assert.Equal(3, trainers.Sum(trainer => trainer.Jobs.Count(job => job.Round == 0)));
        Assert.Equal(1, await CountAsync(server, "SELECT max(taken) FROM trainings"));
    }

    [Fact]
    public async Task Of_three_workers_one_is_killed_and_the_server_restarted_and_no_trial_is_lost_or_done_twice()
    {
        using var server = PostgresServer.Start(Assert.Skip);
        using var folder = new TemporaryFolder();
        using var first = SearchCommandTests.Start(folder, folder.PathOf("out"), trials: 6, "--store", server.Url, "--epochs", "100");
        while (!first.HasExited && await CountAsync(server, "SELECT count(*)::int FROM trainings") < 2)
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.SkipWhen(first.HasExited && (await first.StandardError.ReadToEndAsync(Cancellation)).Contains("NO_NATIVE_LIBRARY", StringComparison.Ordinal),
            "libtorch is not installed for this platform.");
        using var second = SearchCommandTests.Start(
            [SearchCommandTests.Program[1], "search", "work", "--store", server.Url, "--dataset", folder.PathOf("motion.csv"), "--jobs", "1"]);
        var trainer = new FakeTrainer { Before = _ => Task.Delay(500, Cancellation), HasWeights = false };
        await using var third = await SharedSearch.JoinAsync(server.Url, folder.PathOf("motion.csv"), folder.Name, 1, Cancellation);
        var work = third.WorkAsync(new FakeMeter(), trainer, null, Cancellation);
        first.Kill(entireProcessTree: true); // SIGKILL: nothing is given back
        int[] killed = await ReadAsync(server, "UPDATE trainings SET lease_until = now() WHERE seconds IS NULL AND epochs = 100 AND worker LIKE $1 RETURNING trial",
            $"%-{first.Id}-%"); // in place of waiting for it
        while (trainer.Jobs.Count < 2)
        {
            await Task.Delay(20, Cancellation);
        }

        server.Stop();
        await Task.Delay(500, Cancellation);
        server.Start();
        var trials = await work;
        await second.WaitForExitAsync(Cancellation);

        Assert.True(second.ExitCode == 0, await second.StandardError.ReadToEndAsync(Cancellation));
        Assert.NotEmpty(killed);
        Assert.Equal(6, trials.Count(trial => trial.InRound(0)?.Score is not null));
        Assert.Equal(3, trials.Count(trial => trial.Whole.Count() == 2)); // two finalists, and the found one with teachers
        Assert.Equal(killed.Order(), (await ReadAsync(server, "SELECT trial FROM trainings WHERE taken > 1")).Order());
        Assert.Equal(trainer.Jobs.Count, trainer.Jobs.Select(job => (job.Trial, job.Round)).Distinct().Count());
        Assert.Equal(trainer.Jobs.Count, (await ReadAsync(server, "SELECT trial FROM trainings WHERE worker LIKE $1", $"%-{Environment.ProcessId}-%")).Length);
    }

    [Fact]
    public async Task Another_search_and_an_empty_database_are_refused()
    {
        using var server = PostgresServer.Start(Assert.Skip);

        var none = await Assert.ThrowsAsync<SearchException>(() => SharedSearch.JoinAsync(server.Url, "motion.csv", "none", 1, Cancellation));
        await using var search = await SharedSearch.BeginAsync(server.Url, Samples.Request("none"), Cancellation);
        var other = await Assert.ThrowsAsync<SearchException>(() => SharedSearch.BeginAsync(server.Url, Samples.Request("none") with { Seed = 7 }, Cancellation));
        var wrong = await Assert.ThrowsAsync<SearchException>(() => SharedSearch.JoinAsync("mysql://host/base", "motion.csv", "none", 1, Cancellation));

        Assert.Contains("holds no search", none.Message, StringComparison.Ordinal);
        Assert.Contains("another seed", other.Message, StringComparison.Ordinal);
        Assert.Contains("postgres://", wrong.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Trial>> WorkAsync(PostgresServer server, SearchRequest request, FakeTrainer trainer, TimeSpan? lease = null)
    {
        await using var search = await SharedSearch.BeginAsync(server.Url, request, Cancellation);
        search.Lease = lease ?? TimeSpan.FromSeconds(20);
        return await search.WorkAsync(new FakeMeter(), trainer, null, Cancellation);
    }

    private static Task ExecuteAsync(PostgresServer server, string statement, params string[] values) => ReadAsync(server, statement, values);

    /// <summary>The numbers that a statement returns.</summary>
    private static async Task<int[]> ReadAsync(PostgresServer server, string statement, params string[] values)
    {
        await using var connection = new NpgsqlConnection(SharedSearch.ConnectionString(server.Url));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (string value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var numbers = new List<int>();
        while (await reader.ReadAsync(Cancellation))
        {
            numbers.Add(reader.GetInt32(0));
        }

        return [.. numbers];
    }

    private static async Task<int> CountAsync(PostgresServer server, string query)
    {
        await using var connection = new NpgsqlConnection(SharedSearch.ConnectionString(server.Url));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(query, connection);
        try
        {
            return (int)(await command.ExecuteScalarAsync(Cancellation))!;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0; // the tables are not there yet
        }
    }
}
