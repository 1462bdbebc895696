using NanoFormer.Data;
using NanoFormer.Files;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Personal;

/// <summary>From a model's folder and a wearer's recordings to the wearer's own model.</summary>
public static class PersonalRun
{
    /// <summary>File name of the card in the output folder.</summary>
    public const string CardFile = "personal-card.json";

    /// <summary>Fits the model and writes image, configuration, float network (the integers' own) and card; writes nothing where there is nothing to mend, or that would make it worse.</summary>
    /// <param name="request">What to fit to whom.</param>
    /// <param name="progress">Told every window that the model looks at.</param>
    /// <param name="cancellation">Stops it; nothing is written.</param>
    /// <exception cref="PersonalException">The model was not fitted.</exception>
    /// <exception cref="ConfigException">The model's configuration cannot be used.</exception>
    /// <exception cref="DataException">The recordings or the data set cannot be used.</exception>
    /// <exception cref="ModelImageException">The image cannot be used.</exception>
    public static PersonalCard Execute(
        PersonalRequest request, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        string output = request.OutputFolder;
        if (Place(output) == Place(request.Model))
        {
            throw new PersonalException(PersonalError.UnsuitableModel, "--out names the model's own folder; the old model is kept, so name another.");
        }

        var config = TrainingConfig.Load(Existing(request.Model, TrainingRun.ConfigFile));
        if (config.Architecture.Score is not null || config.FloatTraining.EveryToken)
        {
            throw new PersonalException(PersonalError.UnsuitableModel,
                $"'{config.Name}' has a score, or one label for each token; only models of classes can be fitted to a wearer.");
        }

        var old = ImageReader.Read(File.ReadAllBytes(Existing(request.Model, TrainingRun.ImageFile))).Graph;
        var others = TrainingData.Load(config, request.Dataset, validate: false).Train;
        var (recordings, missing) = PersonalWindows.Read(request.Recordings);
        var own = PersonalWindows.Cut(recordings, others, config.Input.HopSamples, request.Windows);
        var fitted = new Personalizer(old, request.TrustLabels).Run(own, others, progress, cancellation);
        var card = new PersonalCard { Name = config.Name, Command = request.Command, Trial = fitted.Trial, Classes = fitted.Classes, MissingSeconds = missing };
        var graph = fitted.Graph.WithTestWindows(SyntheticWindows.For(others, config.Input));
        Directory.CreateDirectory(output);
        AtomicFile.WriteAllBytes(Path.Combine(output, TrainingRun.ImageFile), ImageWriter.Write(graph));
        AtomicFile.WriteAllText(Path.Combine(output, TrainingRun.ConfigFile), config.ToJson() + "\n");
        AtomicFile.WriteAllBytes(Path.Combine(output, TrainingRun.FloatFile), OnnxExporter.ExportFloat(Dequantizer.Run(graph)));
        AtomicFile.WriteAllText(Path.Combine(output, CardFile), card.ToJson());
        AtomicFile.WriteAllText(Path.Combine(output, TrainingRun.PageFile), card.ToPage());
        return card;
    }

    private static string Place(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private static string Existing(string folder, string file) => Path.Combine(folder, file) is var path && File.Exists(path)
        ? path
        : throw new PersonalException(PersonalError.MissingFile, $"'{folder}' has no {file}; a model's folder has image and configuration.");
}

/// <summary>What to fit to whom.</summary>
public sealed record PersonalRequest
{
    /// <summary>The model's folder, with image and configuration.</summary>
    public required string Model { get; init; }

    /// <summary>The wearer's: a log, a folder of logs, or a data set of recordings.</summary>
    public required string Recordings { get; init; }

    /// <summary>The data set that the model was trained on.</summary>
    public required string Dataset { get; init; }

    /// <summary>Folder for the new model and its card; not the old model's.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The command line, for the card.</summary>
    public required string Command { get; init; }

    /// <summary>Windows of each class to learn from, at most: as many of every bout.</summary>
    public int Windows { get; init; } = 20;

    /// <summary>Whether labels count that the model doubts.</summary>
    public bool TrustLabels { get; init; }
}
