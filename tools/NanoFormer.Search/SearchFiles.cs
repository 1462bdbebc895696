using NanoFormer.Files;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>The files in a search's folder.</summary>
public static class SearchFiles
{
    /// <summary>SQLite file of all trials.</summary>
    public const string Trials = "trials.db";

    /// <summary>Configuration of the best trial so far.</summary>
    public const string Best = "train.json";

    /// <summary>Plot of accuracy against costs.</summary>
    public const string Plot = "pareto.svg";

    /// <summary>Folder for trainings under way.</summary>
    public const string Running = "running";

    /// <summary>Writes what follows from the trials: the best configuration and the plot.</summary>
    public static void Write(string folder, IReadOnlyList<Trial> trials, DeviceBudget budget)
    {
        if (Finding.Of(trials) is not { } finding)
        {
            return;
        }

        AtomicFile.WriteAllText(Path.Combine(folder, Best), finding.Best.Trial.Config.ToJson() + "\n");
        AtomicFile.WriteAllText(Path.Combine(folder, Plot), ParetoPlot.Draw(trials, budget));
    }
}
