using System.Globalization;
using System.Text.Json;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search;

/// <summary>What is searched, and how long.</summary>
public sealed record SearchRequest
{
    /// <summary>The configuration that the search starts from.</summary>
    public required TrainingConfig Config { get; init; }

    /// <summary>The data set, as <c>train</c> takes it.</summary>
    public required string Dataset { get; init; }

    /// <summary>Folder for the results; a search that is there already goes on.</summary>
    public required string Folder { get; init; }

    /// <summary>What a model may cost.</summary>
    public required DeviceBudget Budget { get; init; }

    /// <summary>The core that instructions are counted on, when it is not the Cortex-M4; null for that.</summary>
    public string? Core { get; init; }

    /// <summary>Candidates to train.</summary>
    public required int Trials { get; init; }

    /// <summary>Minutes that the search may take; null to train as many candidates as said.</summary>
    public double? Minutes { get; init; }

    /// <summary>Epochs of their first training.</summary>
    public required int Epochs { get; init; }

    /// <summary>Trainings at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Seed of the candidates and of every training.</summary>
    public required int Seed { get; init; }

    /// <summary>
    /// Parts of the subjects, each to be judged on while the others are learnt from: the first, the configuration's validation subjects, by
    /// all candidates, the others by the finalists.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Folds { get => field ?? [Config.Data.ValidationSubjects]; init; }

    /// <summary>The rounds.</summary>
    internal IReadOnlyList<SearchRound> Rounds =>
        [.. Halving.Rounds(Trials, Epochs, Config.FloatTraining.Epochs, Folds.Count, isOneLook: Minutes is not null)];

    /// <summary>Whether what is found is tried with teachers at the end: not where the configuration has its own.</summary>
    internal bool IsTaught => Config.Distillation is null;

    /// <summary>
    /// The training of a trial in a round. A configuration's own teachers, or the other networks of its ensemble, would be trained again in
    /// every one, and say little about which network is better.
    /// </summary>
    internal TrialJob Job(Trial trial, int round, SearchRound asked, byte[]? start) => new(
        trial.Id, round, trial.Config with { Ensemble = 1, Distillation = trial.Origin == TrialOrigin.Taught ? trial.Config.Distillation : null, Data = trial.Config.Data with { ValidationSubjects = Folds[asked.Fold ?? 0] } }, asked.Epochs, asked.Fold is null ? start : null);

    /// <summary>What makes it another search; the number of trials and jobs does not.</summary>
    public IReadOnlyDictionary<string, string> Identity => new Dictionary<string, string>
    {
        ["config"] = Config.ToJson(),
        ["dataset"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Dataset)),
        ["budget"] = Core is null ? Budget.ToString() : $"{Budget} on {Core}",
        ["epochs"] = Epochs.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["validation"] = JsonSerializer.Serialize(Folds),
    };

    /// <summary>What the workers of a shared search must agree on.</summary>
    internal IReadOnlyDictionary<string, string> SharedIdentity => new Dictionary<string, string>(Identity)
    {
        ["budget"] = Budget.ToString(),
        ["core"] = Core ?? "",
        ["trials"] = Trials.ToString(CultureInfo.InvariantCulture),
        ["windows"] = Fingerprint,
    };

    /// <summary>Tells the windows to learn from and to judge on from others; for a shared search.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>A shared search as it was written down, on another machine.</summary>
    internal static SearchRequest OfShared(IReadOnlyDictionary<string, string> stored, string dataset, string folder, int jobs) => new()
    {
        Config = TrainingConfig.Parse(stored["config"]),
        Dataset = dataset,
        Folder = folder,
        Budget = stored["budget"].Length == 0 ? new DeviceBudget(null, null, null) : DeviceBudget.Parse(stored["budget"]),
        Core = stored["core"].Length == 0 ? null : stored["core"],
        Trials = int.Parse(stored["trials"], CultureInfo.InvariantCulture),
        Epochs = int.Parse(stored["epochs"], CultureInfo.InvariantCulture),
        Jobs = jobs,
        Seed = int.Parse(stored["seed"], CultureInfo.InvariantCulture),
        Folds = JsonSerializer.Deserialize<string[][]>(stored["validation"])!,
        Fingerprint = stored["windows"],
    };

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="SearchException">One makes no sense.</exception>
    public void Validate()
    {
        RequireRange("trials", Trials, 1, 100_000);
        RequireRange("epochs", Epochs, 1, 10_000);
        RequireRange("jobs", Jobs, 1, 1024);
        RequireRange("minutes", (int)Math.Ceiling(Minutes ?? 1), 1, 1_000_000);
        if (!Config.Architecture.Classes)
        {
            throw new SearchException(SearchError.NoClasses, "A search compares accuracies, and the model has no classes.");
        }
    }

    private static void RequireRange(string name, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new SearchException(SearchError.OutOfRange,
                string.Create(CultureInfo.InvariantCulture, $"The number of {name} is {value}, not in {low} .. {high}."));
        }
    }
}
