using Microsoft.Data.Sqlite;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Tests;

public sealed class TrialStoreTests
{
    private static readonly Dictionary<string, string> Search = new() { ["config"] = "{}", ["seed"] = "1" };

    [Fact]
    public void What_was_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("trials.db");
        Trial[] written;
        using (var store = new TrialStore(path, Search))
        {
            Fill(store);
            written = [.. store.Trials];
        }

        using var again = new TrialStore(path, Search);

        Assert.Equal(written.Select(Text), again.Trials.Select(Text));
        Assert.Equal("TRAINING: It blew up.", again.Trials[1].Trainings[0].Error);
        Assert.Equal(0.875, again.Trials[0].Longest!.Score!.Accuracy);
    }

    [Fact]
    public void Other_programs_find_the_longest_training_of_each_trial()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("trials.db");
        using var store = new TrialStore(path, Search);
        Fill(store);

        using var reader = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        reader.Open();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT id, round, epochs, accuracy, image_bytes FROM results";
        using var rows = command.ExecuteReader();

        Assert.True(rows.Read());
        Assert.Equal((1, 1, 8, 0.875, 1000), (rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2), rows.GetDouble(3), rows.GetInt32(4)));
        Assert.False(rows.Read());
    }

    [Fact]
    public void Another_search_is_refused_by_what_differs()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("trials.db");
        new TrialStore(path, Search).Dispose();

        var fault = Assert.Throws<SearchException>(() => new TrialStore(path, new Dictionary<string, string>(Search) { ["seed"] = "2" }));

        Assert.Equal(SearchError.OtherSearch, fault.Error);
        Assert.Contains("another seed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_search_is_refused()
    {
        using var folder = new TemporaryFolder();
        var (text, other) = (folder.PathOf("text.db"), folder.PathOf("other.db"));
        File.WriteAllText(text, new string('x', 5000));
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE songs (name TEXT)";
            command.ExecuteNonQuery();
        }

        Assert.All([text, other], path =>
            Assert.Equal(SearchError.BadStore, Assert.Throws<SearchException>(() => new TrialStore(path, Search)).Error));
    }

    private static void Fill(TrialStore store)
    {
        var costs = new CandidateCosts(1000, 200, 300, 400, true);
        store.Add(TrialOrigin.Given, null, Samples.Config, costs, null);
        store.Add(TrialOrigin.Mutation, 1, Samples.Config, costs with { IsCounted = false }, null);
        store.Add(TrialOrigin.Random, null, Samples.Config, costs with { Instructions = null, IsCounted = false }, "flash 1000 > 999");
        store.Add(1, new TrialTraining(0, 2, new TrialScore(0.75, 0.5, 0.625), 1.5, null));
        store.Add(2, new TrialTraining(0, 2, null, 1.5, "TRAINING: It blew up."));
        store.Add(1, new TrialTraining(1, 8, new TrialScore(0.875, 0.5, 0.625), 6, null));
    }

    private static string Text(Trial trial) =>
        $"{trial with { Config = null!, Trainings = [] }} {trial.Config.ToJson()} {string.Join(' ', trial.Trainings)}";
}
