using System.Globalization;
using NanoFormer.Data;
using NanoFormer.Files;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Phases;
using NanoFormer.Training.SideBySide;
using static System.FormattableString;

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

    /// <summary>File name of the configuration in the output folder.</summary>
    public const string ConfigFile = "train.json";

    /// <summary>File name of the float network in the output folder.</summary>
    public const string FloatFile = "model.onnx";

    /// <summary>File name of the float teacher in the output folder.</summary>
    public const string TeacherFile = "teacher.onnx";

    /// <summary>File name of the float weights in the output folder.</summary>
    public const string WeightsFile = "weights.safetensors";

    /// <summary>Folder of the state of a training that was stopped, in the output folder.</summary>
    public const string CheckpointFolder = "checkpoint";

    /// <summary>Loads, trains, judges, and writes image, cards, configuration, float network and weights.</summary>
    /// <exception cref="ConfigException">The configuration cannot be used.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="ModelImageException">The model does not fit the image format.</exception>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public static ModelCard Execute(
        TrainingRequest request, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var config = ConfigOf(request);
        string configPath = Path.Combine(request.OutputFolder, ConfigFile);
        Rules.RequireFit(config.Pruning is null || !IsSame(configPath, request.ConfigPath), "pruning",
            Invariant($"makes a network of other blocks than '{request.ConfigPath}' names; give another output folder"));
        var own = config with { OtherSplits = [] };
        var data = TrainingData.Load(config, request.Dataset, request.Validate, request.Warn);
        var others = request.Validate ? [] : OtherSplit.Load(config, request.Dataset);
        if (LabelRule.Fault(GraphExport.LabelsOf(config.Architecture, data.Train)) is { } fault)
        {
            throw new ConfigException(ConfigError.BadLabels, $"{fault}.");
        }

        if (config.Pruning is null)
        {
            ModelCosts.Of(own, data.Train); // what no image can hold is refused before it is trained, not after
        }

        foreach (string warning in request.Warn is null ? [] : DataWarnings.Of(config, data))
        {
            request.Warn!(warning);
        }

        var start = StartOf(request);
        string checkpoints = Path.Combine(request.OutputFolder, CheckpointFolder);
        ClearCheckpoints(checkpoints, request);
        Directory.CreateDirectory(request.OutputFolder);
        int[] seeds = SeedsOf(config, request);
        TrainSideBySide(request, [.. seeds.Select(seed => (seed, (int?)null)), .. TrainingsOf(others, seeds)], progress, cancellation);
        var trainer = new Trainer(own, progress, checkpoints);
        var models = Enumerable.Range(0, request.Seeds)
            .Select(first => trainer.Run(data, MembersOf(seeds, first, config), start, whatFits: request.Weights is null, cancellation))
            .ToArray();
        var splits = Judge(others, config, request, progress, cancellation);
        var spread = SeedResult.Of(request.Seed, models);
        int median = SeedResult.MedianOf(spread);
        var model = models[median];
        byte[] image = ImageWriter.Write(model.Graph);
        bool isPacked = config.Pack || (request.Pack?.Invoke(image) ?? false);
        image = isPacked ? PackedSection.Append(image) : image;
        var trained = config with { Architecture = model.Architecture, Pruning = null, Pack = isPacked };
        var card = Describe(config, request, data, model, ImageReader.Read(image)) with { Seed = request.Seed + median, Seeds = spread, OtherSplits = splits };
        AtomicFile.WriteAllBytes(Path.Combine(request.OutputFolder, ImageFile), image);
        AtomicFile.WriteAllText(Path.Combine(request.OutputFolder, CardFile), card.ToJson());
        AtomicFile.WriteAllText(Path.Combine(request.OutputFolder, PageFile), ModelCardPage.Write(card));
        if (!IsSame(configPath, request.ConfigPath))
        {
            AtomicFile.WriteAllText(configPath, trained.ToJson() + "\n");
        }

        AtomicFile.WriteAllBytes(Path.Combine(request.OutputFolder, WeightsFile), new SafetensorsFile(model.Weights).ToBytes());
        WriteNetwork(Path.Combine(request.OutputFolder, FloatFile), model.FloatNetwork);
        WriteNetwork(Path.Combine(request.OutputFolder, TeacherFile), model.TeacherNetwork);
        Directory.Delete(checkpoints, recursive: true); // hours of work: gone only when their result is on the disk
        return card;
    }

    /// <summary>Trains one seed, and leaves its checkpoint in the output folder: the same request to <see cref="Execute"/> has nothing more to train.</summary>
    /// <exception cref="ConfigException">The configuration cannot be used.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Prepare(TrainingRequest request, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var config = ConfigOf(request);
        if (request.OtherSplit is { } number)
        {
            OtherSplit.Load(config, request.Dataset)[number].Prepare(request.Seed, CheckpointsOf(request, number), progress, cancellation);
            return;
        }

        config = config with { OtherSplits = [] };
        var data = TrainingData.Load(config, request.Dataset, request.Validate);
        new Trainer(config, progress, Path.Combine(request.OutputFolder, CheckpointFolder))
            .Prepare(data, request.Seed, StartOf(request), whatFits: request.Weights is null, cancellation);
    }

    /// <summary>Trains and judges the other splits of a configuration alone, and writes them into the card of a model that is there.</summary>
    /// <exception cref="ConfigException">The configuration cannot be used, or the output folder holds no card of this model.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public static ModelCard ExecuteOtherSplits(
        TrainingRequest request, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var config = ConfigOf(request);
        string cardPath = Path.Combine(request.OutputFolder, CardFile);
        var card = File.Exists(cardPath) ? ModelCard.Parse(File.ReadAllText(cardPath)) : null;
        Rules.RequireFit(card?.Name == config.Name, "otherSplits", $"go into the card of '{config.Name}', which is not in '{request.OutputFolder}'");
        ClearCheckpoints(Path.Combine(request.OutputFolder, CheckpointFolder), request);
        var others = OtherSplit.Load(config, request.Dataset);
        TrainSideBySide(request, [.. TrainingsOf(others, SeedsOf(config, request))], progress, cancellation);
        var splits = Judge(others, config, request, progress, cancellation);
        card = card! with { Purpose = config.Purpose, Use = config.Use, OtherSplits = splits };
        AtomicFile.WriteAllText(cardPath, card.ToJson());
        AtomicFile.WriteAllText(Path.Combine(request.OutputFolder, PageFile), ModelCardPage.Write(card));
        if (splits.Length > 0)
        {
            Directory.Delete(Path.Combine(request.OutputFolder, CheckpointFolder), recursive: true);
        }

        return card;
    }

    private static TrainingConfig ConfigOf(TrainingRequest request)
    {
        var config = TrainingConfig.Load(request.ConfigPath, request.Overrides);
        return request.Epochs is { } epochs ? config.WithEpochs(epochs) : config;
    }

    private static IReadOnlyDictionary<string, WeightTensor>? StartOf(TrainingRequest request) =>
        (request.Weights ?? request.WarmStart) is { } weights ? SafetensorsFile.Parse(File.ReadAllBytes(weights)).Tensors : null;

    /// <summary>The seeds of all networks.</summary>
    private static int[] SeedsOf(TrainingConfig config, TrainingRequest request) =>
        [.. Enumerable.Range(request.Seed, Math.Max(request.Seeds, config.Ensemble))];

    /// <summary>The seeds of an ensemble: one and those that follow it, after the last the first.</summary>
    private static IReadOnlyList<int> MembersOf(int[] seeds, int first, TrainingConfig config) =>
        [.. Enumerable.Range(first, config.Ensemble).Select(place => seeds[place % seeds.Length])];

    private static IEnumerable<(int Seed, int? OtherSplit)> TrainingsOf(OtherSplit[] splits, int[] seeds) =>
        splits.SelectMany((_, number) => seeds.Select(seed => (seed, (int?)number)));

    private static void TrainSideBySide(
        TrainingRequest request, (int Seed, int? OtherSplit)[] trainings, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (request is { Program: { } program, Jobs: > 1 } && trainings.Length > 1)
        {
            SeedProcesses.Train(program, request, trainings, progress, cancellation);
        }
    }

    private static string CheckpointsOf(TrainingRequest request, int otherSplit) =>
        Path.Combine(request.OutputFolder, CheckpointFolder, Invariant($"split{otherSplit + 1}"));

    private static OtherSplitClaim[] Judge(
        OtherSplit[] splits, TrainingConfig config, TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int[] seeds = SeedsOf(config, request);
        return [.. splits.Select((split, number) => split.Run(
            Enumerable.Range(0, request.Seeds).Select(first => MembersOf(seeds, first, config)), CheckpointsOf(request, number), progress, cancellation))];
    }

    /// <summary>Refuses to throw away what a stopped training left, unless that was asked for.</summary>
    private static void ClearCheckpoints(string folder, TrainingRequest request)
    {
        if (!Directory.Exists(folder) || request.Resume)
        {
            return;
        }

        if (!request.Restart)
        {
            throw new ConfigException(ConfigError.Unfinished,
                $"'{folder}' holds a training that was stopped: go on with it (--resume), or throw it away (--restart).");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static bool IsSame(string path, string other) => Path.GetFullPath(path) == Path.GetFullPath(other);

    /// <summary>Writes a float network; removes what an earlier training left where there is none.</summary>
    private static void WriteNetwork(string path, FloatNetwork? network)
    {
        if (network is null)
        {
            File.Delete(path);
            return;
        }

        AtomicFile.WriteAllBytes(path, OnnxExporter.ExportFloat(network));
    }

    private static ModelCard Describe(
        TrainingConfig config, TrainingRequest request, TrainingData data, TrainedModel model, ModelImage image) => new()
        {
            Name = config.Name,
            Purpose = config.Purpose,
            Use = config.Use,
            Command = request.Command,
            Seed = request.Seed,
            Ensemble = config.Ensemble,
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
            Pruning = model.Pruning,
            Test = CardResult.From(model.Test),
            RawTest = model.RawTest is null ? null : CardResult.From(model.RawTest),
        };
}
