using System.Globalization;
using Microsoft.Data.Sqlite;
using NanoFormer.Search.Costs;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Trials;

/// <summary>The trials of a search in a SQLite file. Every change is written at once, so that the file is in order at any time.</summary>
public sealed class TrialStore : ITrialList, IDisposable
{
    private readonly SqliteFile _file;
    private readonly List<Trial> _trials = [];

    /// <summary>Opens or makes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="search">What is searched, by name: written into a new file, and compared with what an old one holds.</param>
    /// <exception cref="SearchException">The file is damaged, or holds another search.</exception>
    public TrialStore(string path, IReadOnlyDictionary<string, string> search)
    {
        _file = new SqliteFile(path);
        try
        {
            Ready(search, path);
            Load();
        }
        catch (Exception fault) when (fault is SqliteException or ConfigException)
        {
            _file.Dispose();
            throw new SearchException(SearchError.BadStore, $"{path} cannot be used: {fault.Message}", fault);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>All trials, in the order of proposal.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>Adds a trial that has not been trained.</summary>
    public Trial Add(TrialOrigin origin, int? parent, TrainingConfig config, CandidateCosts costs, string? overBudget)
    {
        var trial = new Trial(_trials.Count + 1, origin, parent, config, costs, overBudget);
        _file.Execute(
            """
            INSERT INTO trials VALUES ($id, $origin, $parent, $config, $image, $arena, $macs, $instructions, $counted, $over)
            """,
            ("$id", trial.Id), ("$origin", NameOf(origin)), ("$parent", parent), ("$config", config.ToJson()),
            ("$image", costs.ImageBytes), ("$arena", costs.ArenaBytes), ("$macs", costs.Macs), ("$instructions", costs.Instructions),
            ("$counted", costs.IsCounted ? 1 : 0), ("$over", overBudget));
        _trials.Add(trial);
        return trial;
    }

    /// <summary>Adds a training to a trial.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="training">The training.</param>
    /// <param name="weights">The float weights it gave, as a safetensors file; null for none.</param>
    /// <returns>The trial with it.</returns>
    public Trial Add(int trial, TrialTraining training, byte[]? weights = null)
    {
        using var transaction = _file.BeginTransaction();
        _file.Execute(
            "INSERT INTO trainings VALUES ($trial, $round, $epochs, $accuracy, $f1, $float, $seconds, $error, $fold)",
            ("$trial", trial), ("$round", training.Round), ("$epochs", training.Epochs), ("$accuracy", training.Score?.Accuracy),
            ("$f1", training.Score?.MacroF1), ("$float", training.Score?.FloatAccuracy), ("$seconds", training.Seconds),
            ("$error", training.Error), ("$fold", training.Fold));
        if (weights is not null)
        {
            _file.Execute("INSERT OR REPLACE INTO weights VALUES ($trial, $weights)", ("$trial", trial), ("$weights", weights));
        }

        transaction.Commit();
        return Put(trial, training);
    }

    /// <summary>The float weights of a trial's latest training, as a safetensors file; null for none.</summary>
    public byte[]? Weights(int trial) => _file.Rows(
        string.Create(CultureInfo.InvariantCulture, $"SELECT safetensors FROM weights WHERE trial = {trial}"), row => (byte[])row.GetValue(0)).FirstOrDefault();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Ready(IReadOnlyDictionary<string, string> search, string path)
    {
        string[] known = _file.Rows("SELECT name FROM sqlite_schema", row => row.GetString(0));
        if (known.Length == 0)
        {
            Create(search);
            return;
        }

        int application = _file.Rows("PRAGMA application_id", row => row.GetInt32(0))[0];
        int version = _file.Rows("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (application != TrialSchema.ApplicationId || version != TrialSchema.Version)
        {
            throw new SearchException(SearchError.BadStore, $"{path} holds no search, or one of another version.");
        }

        var stored = _file.Rows("SELECT name, value FROM search", row => (Name: row.GetString(0), Value: row.GetString(1))).ToDictionary();
        string? other = search.FirstOrDefault(entry => !stored.TryGetValue(entry.Key, out string? value) || value != entry.Value).Key;
        if (other is not null)
        {
            throw new SearchException(SearchError.OtherSearch, $"{path} holds a search with another {other}; name another folder.");
        }
    }

    private void Create(IReadOnlyDictionary<string, string> search)
    {
        using var transaction = _file.BeginTransaction();
        _file.Execute(string.Create(CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {TrialSchema.ApplicationId}; PRAGMA user_version = {TrialSchema.Version}; {TrialSchema.Create}"));
        foreach (var (name, value) in search)
        {
            _file.Execute("INSERT INTO search VALUES ($name, $value)", ("$name", name), ("$value", value));
        }

        transaction.Commit();
    }

    private void Load()
    {
        _trials.AddRange(_file.Rows("SELECT * FROM trials ORDER BY id", ReadTrial));
        foreach (var (trial, training) in _file.Rows("SELECT * FROM trainings ORDER BY trial, round", ReadTraining))
        {
            Put(trial, training);
        }
    }

    private Trial Put(int trial, TrialTraining training)
    {
        var known = _trials[trial - 1];
        return _trials[trial - 1] = known with { Trainings = [.. known.Trainings.Append(training).OrderBy(one => one.Round)] };
    }

    private static Trial ReadTrial(SqliteDataReader row) => new(
        row.GetInt32(0),
        Enum.Parse<TrialOrigin>(row.GetString(1), ignoreCase: true),
        row.IsDBNull(2) ? null : row.GetInt32(2),
        TrainingConfig.Parse(row.GetString(3)),
        new CandidateCosts(row.GetInt32(4), row.GetInt32(5), row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetBoolean(8)),
        row.IsDBNull(9) ? null : row.GetString(9));

    private static (int Trial, TrialTraining Training) ReadTraining(SqliteDataReader row) => (row.GetInt32(0), new TrialTraining(
        row.GetInt32(1),
        row.GetInt32(2),
        row.IsDBNull(3) ? null : new TrialScore(row.GetDouble(3), row.GetDouble(4), row.GetDouble(5)),
        row.GetDouble(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : row.GetInt32(8)));

    private static string NameOf(TrialOrigin origin) => origin.ToString().ToLowerInvariant();
}
