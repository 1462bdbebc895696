using System.Globalization;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Training.Configuration;
using Npgsql;

namespace NanoFormer.Search.Trials;

/// <summary>
/// The trials of a search in a PostgreSQL database, which any number of workers take trainings from. A training that was taken is leased: its
/// worker renews the lease while it trains, and when a lease runs out another worker takes the training up.
/// </summary>
internal sealed class SharedTrials(NpgsqlConnection connection, NpgsqlTransaction transaction) : ITrialList
{
    private List<Trial>? _trials;

    /// <inheritdoc/>
    public IReadOnlyList<Trial> Trials => _trials ??= Load();

    /// <inheritdoc/>
    public Trial Add(TrialOrigin origin, int? parent, TrainingConfig config, CandidateCosts costs, string? overBudget)
    {
        var trial = new Trial(Trials.Count + 1, origin, parent, config, costs, overBudget);
        Execute("INSERT INTO trials VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            trial.Id, origin.ToString().ToLowerInvariant(), parent, config.ToJson(), costs.ImageBytes, costs.ArenaBytes, costs.Macs,
            costs.Instructions, costs.IsCounted, overBudget);
        _trials!.Add(trial);
        return trial;
    }

    /// <summary>Trainings that somebody does at the moment, by trial and round.</summary>
    public HashSet<(int Trial, int Round)> Leased() =>
        [.. Rows("SELECT trial, round FROM trainings WHERE seconds IS NULL AND lease_until > now()", row => (row.GetInt32(0), row.GetInt32(1)))];

    /// <summary>Takes a training for a worker.</summary>
    public void Lease(int trial, int round, SearchRound asked, string worker, TimeSpan lease) => Execute(
        """
        INSERT INTO trainings (trial, round, epochs, fold, worker, lease_until) VALUES ($1, $2, $3, $4, $5, now() + $6)
        ON CONFLICT (trial, round) DO UPDATE SET worker = excluded.worker, lease_until = excluded.lease_until, taken = trainings.taken + 1
        """, trial, round, asked.Epochs, asked.Fold, worker, lease);

    /// <summary>The float weights of a trial's latest training; null for none.</summary>
    public byte[]? Weights(int trial) =>
        Rows(string.Create(CultureInfo.InvariantCulture, $"SELECT safetensors FROM weights WHERE trial = {trial}"), row => (byte[])row.GetValue(0)).FirstOrDefault();

    /// <summary>Runs a statement; null becomes NULL.</summary>
    /// <returns>Rows changed.</returns>
    public int Execute(string statement, params object?[] values)
    {
        using var command = Command(statement);
        foreach (object? value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command.ExecuteNonQuery();
    }

    /// <summary>Every row of a query.</summary>
    public T[] Rows<T>(string query, Func<NpgsqlDataReader, T> read)
    {
        using var command = Command(query);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return [.. rows];
    }

    private List<Trial> Load()
    {
        var trainings = Rows(
            "SELECT trial, round, epochs, accuracy, macro_f1, float_accuracy, seconds, error, fold FROM trainings WHERE seconds IS NOT NULL ORDER BY trial, round",
            row => (Trial: row.GetInt32(0), Training: new TrialTraining(
                row.GetInt32(1), row.GetInt32(2),
                row.IsDBNull(3) ? null : new TrialScore(row.GetDouble(3), row.GetDouble(4), row.GetDouble(5)),
                row.GetDouble(6), row.IsDBNull(7) ? null : row.GetString(7),
                row.IsDBNull(8) ? null : row.GetInt32(8)))).ToLookup(pair => pair.Trial, pair => pair.Training);
        return
        [
            .. Rows("SELECT * FROM trials ORDER BY id", row => new Trial(
                row.GetInt32(0), Enum.Parse<TrialOrigin>(row.GetString(1), ignoreCase: true), row.IsDBNull(2) ? null : row.GetInt32(2),
                TrainingConfig.Parse(row.GetString(3)),
                new CandidateCosts(row.GetInt32(4), row.GetInt32(5), row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetBoolean(8)),
                row.IsDBNull(9) ? null : row.GetString(9)) { Trainings = [.. trainings[row.GetInt32(0)]] }),
        ];
    }

    private NpgsqlCommand Command(string text)
    {
#pragma warning disable CA2100 // the texts are constants of this assembly; values are parameters
        return new NpgsqlCommand(text, connection, transaction);
#pragma warning restore CA2100
    }
}
