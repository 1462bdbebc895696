using NanoFormer.Data;
using NanoFormer.Files;
using NanoFormer.Training.Import;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Personal;

/// <summary>From a model's folder and a wearer's recordings to the wearer's own model.</summary>
public static class PersonalRun
{
    /// <summary>File name of the card in the output folder.</summary>
    public const string CardFile = "personal-card.json";

    /// <summary>Fits the model and writes image and card; writes nothing where the fitted model is no better.</summary>
    /// <param name="model">The model's folder, with image, configuration and float network.</param>
    /// <param name="recordings">The wearer's: a log, a folder of logs, or a data set of recordings.</param>
    /// <param name="dataset">The data set that the model was trained on.</param>
    /// <param name="output">Folder for image and card; not the model's own.</param>
    /// <param name="options">How to fit it.</param>
    /// <param name="command">The command line, for the card.</param>
    /// <param name="cancellation">Stops it; nothing is written.</param>
    /// <exception cref="PersonalException">The model was not fitted.</exception>
    /// <exception cref="ConfigException">The model's configuration or network cannot be used.</exception>
    /// <exception cref="DataException">The recordings or the data set cannot be used.</exception>
    /// <exception cref="ModelImageException">The image cannot be used.</exception>
    public static PersonalCard Execute(
        string model, string recordings, string dataset, string output, PersonalOptions options, string command,
        CancellationToken cancellation = default)
    {
        if (Path.GetFullPath(output) == Path.GetFullPath(model))
        {
            throw new PersonalException(PersonalError.UnsuitableModel, "--out names the model's own folder; the old model is kept, so name another.");
        }

        var config = TrainingConfig.Load(Existing(model, TrainingRun.ConfigFile));
        if (!config.Architecture.Classes || config.Architecture.Score is not null || config.FloatTraining.EveryToken)
        {
            throw new PersonalException(PersonalError.UnsuitableModel,
                $"'{config.Name}' has a score, or one label for each token; only models of classes can be fitted to a wearer.");
        }

        var old = ImageReader.Read(File.ReadAllBytes(Existing(model, TrainingRun.ImageFile))).Graph;
        var network = OnnxImporter.ImportFile(Existing(model, TrainingRun.FloatFile), config.Name);
        var others = TrainingData.Load(config, dataset, validate: false).Train;
        var own = PersonalWindows.Cut(PersonalWindows.Read(recordings), others, config.Input.HopSamples, options.Windows);
        var weights = EncoderReader.Read(network, config.Input.Ranges).Weights;
        var (graph, classes) = new Personalizer(config, weights, old, options).Run(own, others, cancellation);
        var card = new PersonalCard { Name = config.Name, Command = command, Seed = options.Seed, Classes = classes };
        Directory.CreateDirectory(output);
        AtomicFile.WriteAllBytes(Path.Combine(output, TrainingRun.ImageFile), ImageWriter.Write(graph));
        AtomicFile.WriteAllText(Path.Combine(output, CardFile), card.ToJson());
        AtomicFile.WriteAllText(Path.Combine(output, TrainingRun.PageFile), card.ToPage());
        return card;
    }

    private static string Existing(string folder, string file) => Path.Combine(folder, file) is var path && File.Exists(path)
        ? path
        : throw new PersonalException(PersonalError.MissingFile, $"'{folder}' has no {file}; a model's folder has image, configuration and float network.");
}
