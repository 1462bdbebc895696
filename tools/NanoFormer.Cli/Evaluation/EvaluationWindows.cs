using NanoFormer.Cli.Models;
using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Cli.Evaluation;

/// <summary>The windows a model is judged on.</summary>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Split">Part of it.</param>
/// <param name="Windows">Those windows, at least one.</param>
/// <param name="Train">The windows it learnt from; null when the data set does not hold them.</param>
internal sealed record EvaluationWindows(string Dataset, string Split, WindowSet Windows, WindowSet? Train)
{
    /// <summary>Windows of the baselines, where the data is of installations; else null.</summary>
    public WindowSet? Baselines { get; init; }

    /// <summary>By what the highest score of a baseline is multiplied to be its installation's limit; null without baselines.</summary>
    public double? LimitFactor { get; init; }

    /// <summary>Part to learn from.</summary>
    public const string TrainSplit = "train";

    /// <summary>Part to judge on.</summary>
    public const string TestSplit = "test";

    /// <summary>The test subjects' raw recordings, cut as the configuration says.</summary>
    public const string RawSplit = "raw";

    /// <summary>Reads packed windows as they are; anything else is cut as the model's own configuration says.</summary>
    /// <param name="config">That configuration; null when there is none.</param>
    /// <param name="dataset">Folder of packed windows or recordings; with a configuration for CSV a file or folder of those.</param>
    /// <param name="split">One of the parts above.</param>
    /// <exception cref="CommandFailure">Without a configuration there are no windows, or the part has none.</exception>
    public static EvaluationWindows Load(TrainingConfig? config, string dataset, string split)
    {
        var loaded = config is null || IsPackedWindows(config, dataset, split)
            ? FromPacked(PackedDataset.Open(dataset), split)
            : FromConfig(config, dataset, split);
        return loaded.Windows.Count > 0
            ? loaded
            : throw new CommandFailure("NO_WINDOWS", $"The part '{split}' of '{loaded.Dataset}' holds no windows.");
    }

    private static bool IsPackedWindows(TrainingConfig config, string dataset, string split) =>
        split != RawSplit && config.Data.Csv is null && PackedDataset.Open(dataset).HasWindows;

    private static EvaluationWindows FromPacked(PackedDataset dataset, string split)
    {
        if (!dataset.HasWindows || split == RawSplit)
        {
            throw new CommandFailure("NO_WINDOWS", $"'{dataset.Name}' holds no windows of the part '{split}', "
                + $"and no {ModelFile.ConfigName} beside the model says how to cut them.");
        }

        var train = dataset.WindowParts.Contains(TrainSplit) ? dataset.ReadWindows(TrainSplit) : null;
        var windows = split == TrainSplit && train is not null ? train : dataset.ReadWindows(split);
        return new EvaluationWindows(dataset.Name, split, windows, train);
    }

    private static EvaluationWindows FromConfig(TrainingConfig config, string dataset, string split)
    {
        var data = TrainingData.Load(config, dataset, validate: false);
        var windows = split switch
        {
            TrainSplit => data.Train,
            TestSplit => data.Test,
            _ => data.RawTest
                ?? throw new CommandFailure("NO_WINDOWS", "The model's configuration names no raw recordings with a test part."),
        };
        return new EvaluationWindows(data.Source, split, windows, data.Train)
        {
            Baselines = split == TestSplit ? data.Baselines : null,
            LimitFactor = config.Data.Recordings?.Installation?.LimitFactor,
        };
    }
}
