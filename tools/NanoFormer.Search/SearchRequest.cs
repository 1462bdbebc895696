using System.Globalization;
using NanoFormer.Search.Costs;
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

    /// <summary>Epochs of their first training.</summary>
    public required int Epochs { get; init; }

    /// <summary>Trainings at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Seed of the candidates and of every training.</summary>
    public required int Seed { get; init; }

    /// <summary>What makes it another search; the number of trials and jobs does not.</summary>
    public IReadOnlyDictionary<string, string> Identity => new Dictionary<string, string>
    {
        ["config"] = Config.ToJson(),
        ["dataset"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Dataset)),
        ["budget"] = Core is null ? Budget.ToString() : $"{Budget} on {Core}",
        ["epochs"] = Epochs.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="SearchException">One makes no sense.</exception>
    public void Validate()
    {
        RequireRange("trials", Trials, 1, 100_000);
        RequireRange("epochs", Epochs, 1, 10_000);
        RequireRange("jobs", Jobs, 1, 1024);
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
