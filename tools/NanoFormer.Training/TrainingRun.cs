using System.Globalization;
using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training;

/// <summary>A training from configuration file to model image and card.</summary>
public static class TrainingRun
{
    /// <summary>File name of the model image in the output folder.</summary>
    public const string ImageFile = "model.nfm";

    /// <summary>File name of the card in the output folder.</summary>
    public const string CardFile = "model-card.json";

    /// <summary>File name of the readable card in the output folder.</summary>
    public const string PageFile = "README.md";

    /// <summary>Loads, trains, judges, and writes <see cref="ImageFile"/>, <see cref="CardFile"/> and <see cref="PageFile"/>.</summary>
    /// <exception cref="ConfigException">The configuration cannot be used.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="ModelImageException">The model does not fit the image format.</exception>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public static ModelCard Execute(
        TrainingRequest request, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var config = TrainingConfig.Load(request.ConfigPath);
        config = request.Epochs is { } epochs ? config.WithEpochs(epochs) : config;
        var data = TrainingData.Load(config, request.Dataset, request.Validate);
        var model = new Trainer(config, progress).Run(data, request.Seed, cancellation);
        var image = ImageWriter.Write(model.Graph);
        var card = Describe(config, request, data, model, ImageReader.Read(image));
        Directory.CreateDirectory(request.OutputFolder);
        File.WriteAllBytes(Path.Combine(request.OutputFolder, ImageFile), image);
        File.WriteAllText(Path.Combine(request.OutputFolder, CardFile), card.ToJson());
        File.WriteAllText(Path.Combine(request.OutputFolder, PageFile), ModelCardPage.Write(card));
        return card;
    }

    private static ModelCard Describe(
        TrainingConfig config, TrainingRequest request, TrainingData data, TrainedModel model, ModelImage image) => new()
        {
            Name = config.Name,
            Purpose = config.Purpose,
            Command = request.Command,
            Seed = request.Seed,
            Data = data.Source,
            DataCredit = config.Data.Credit,
            Split = data.SplitDescription,
            Classes = data.Train.ClassNames,
            RateHz = data.Train.RateHz,
            WindowSamples = data.Train.WindowSamples,
            Channels = [.. data.Train.Channels.Select(c => $"{c.Name} ({c.Unit})")],
            Parameters = model.Parameters,
            ImageBytes = image.ImageBytes,
            ImageCrc32 = image.Crc32.ToString("x8", CultureInfo.InvariantCulture),
            ArenaBytes = image.Plan.ArenaBytes,
            Test = CardResult.From(model.Test),
            RawTest = model.RawTest is null ? null : CardResult.From(model.RawTest),
        };
}
