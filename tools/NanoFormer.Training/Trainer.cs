using NanoFormer.Data;
using NanoFormer.Data.Preparation;
using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Weights;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Evaluation;
using NanoFormer.Training.Export;
using NanoFormer.Training.Network;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;
using TorchSharp;

namespace NanoFormer.Training;

/// <summary>
/// Trains a model: a teacher and the network in float, pruning, then folded and with the arithmetic of the device; exports the integer
/// graph and judges it. One thread does the tensor work: the tensors are small, and so the result depends on seed and machine alone.
/// </summary>
public sealed class Trainer
{
    private readonly TrainingConfig _config;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly string? _checkpoints;

    /// <summary>A trainer for a configuration that reports its steps, if asked to.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="progress">Told every step.</param>
    /// <param name="checkpoints">
    /// Folder that the state is kept in after every epoch, and taken up from when it is of the same training; null to keep none.
    /// </param>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    public Trainer(TrainingConfig config, IProgress<TrainingProgress>? progress = null, string? checkpoints = null)
    {
        TorchRuntime.Load();
        _config = config;
        _progress = progress;
        _checkpoints = checkpoints;
    }

    /// <summary>Trains on <paramref name="data"/>. The same seed on the same machine gives the same model.</summary>
    /// <param name="data">Windows to learn from and to judge on.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="start">Weights to start from in place of random ones, by name; null for none.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <exception cref="ConfigException">The configuration does not fit the data or the weights.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainedModel Run(
        TrainingData data, int seed, IReadOnlyDictionary<string, WeightTensor>? start = null, CancellationToken cancellation = default)
    {
        ConfigValidator.ValidateFor(_config, data.Train.WindowSamples, data.Train.Channels.Count);
        torch.set_num_threads(1);
        torch.manual_seed(seed);
        using var scope = torch.NewDisposeScope();
        using var windows = new WindowTensors(data.Train, TokensAsked(data.Train));
        using var augmentation = new Augmentation(_config.Augmentation, data.Train.Channels);
        using var scaling = new InputScaling(_config.Input);
        var checkpoint = new Checkpoint(_checkpoints, Fingerprint.Of(_config, data, seed));
        var faults = _config.Faults is { } injected ? new FaultAugmentation(injected.Injection, data.Train) : null;
        var epochs = new EpochLoop(windows, augmentation, scaling, _config.FloatTraining.BatchSize,
            _config.FloatTraining.GradientNorm, faults);
        var runner = new PhaseRunner(epochs, checkpoint, _progress, cancellation);

        var teacher = TrainTeacher(runner, data.Train);
        var network = NewNetwork(_config.Architecture, data.Train);
        if (start is not null)
        {
            network.TakeWeights(start);
        }
        FloatPhase.Run(runner, TrainingPhase.Float, "float", network, _config.FloatTraining, teacher, _config.Distillation,
            _config.Faults);
        List<PruningStep> steps = [];
        network = PruningPhase.Run(runner, _config, network, teacher, smaller => steps.Add(Measure(smaller, data, scaling)));

        var calibration = CalibrationWindows(data.Train, seed);
        var weights = network.Weights();
        ScoreScale.Set(network, epochs, calibration);
        var folded = network.Folded();
        var floatNetwork = TryConvert(data.Train, folded);
        var device = new DeviceForward(_config, data.Train);
        QuantizationPhase.Run(runner, _config, folded, device, calibration, teacher);
        var alarm = ScoreScale.AlarmThreshold(folded, device, epochs, data.Train.Count);
        var graph = GraphExport.Run(_config, data.Train, folded, name => device.Quantizer[name], alarm)
            .WithTestWindows(SyntheticWindows.For(data.Train, _config.Input));

        var judge = new Judge(network, teacher, folded, device, graph, scaling, _progress);
        return new TrainedModel(graph, CountParameters(folded), judge.Run(data.Test, cancellation),
            data.RawTest is null ? null : judge.Run(data.RawTest, cancellation))
        {
            FloatNetwork = floatNetwork,
            TeacherNetwork = teacher is null ? null : TryConvert(data.Train, teacher.Folded()),
            Weights = weights,
            Pruning = steps,
        };
    }

    private Encoder? TrainTeacher(PhaseRunner runner, WindowSet windows)
    {
        if (_config.Distillation is not { } distillation)
        {
            return null;
        }
        var teacher = NewNetwork(distillation.Architecture, windows);
        FloatPhase.Run(runner, TrainingPhase.Teacher, "teacher", teacher, distillation.Training);
        return teacher;
    }

    private static Encoder NewNetwork(ArchitectureOptions architecture, WindowSet windows) =>
        Encoder.Create(architecture, windows.WindowSamples, windows.Channels.Count, windows.ClassNames.Count);

    /// <summary>Labels asked for in each window: one for every token, or null for one.</summary>
    private int? TokensAsked(WindowSet windows)
    {
        if (!_config.FloatTraining.EveryToken)
        {
            return null;
        }
        return windows.SampleLabels is not null
            ? _config.Architecture.Tokens(windows.WindowSamples)
            : throw new ConfigException(ConfigError.Mismatch,
                "floatTraining.everyToken needs windows across label borders: set data.recordings.unknownClass.");
    }

    private IReadOnlyList<int> CalibrationWindows(WindowSet windows, int seed)
    {
        var count = Math.Min(_config.Quantization.CalibrationWindows, windows.Count);
        try
        {
            return CalibrationChoice.Choose(windows, count, seed);
        }
        catch (DataException)
        {
            return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * windows.Count / count))];
        }
    }

    /// <summary>What a network of these sizes costs, and how good it is before quantization.</summary>
    private PruningStep Measure(Encoder network, TrainingData data, InputScaling scaling)
    {
        var costs = ModelCosts.Of(_config with { Architecture = network.Options }, data.Train);
        return new PruningStep([.. network.Options.Blocks], costs, Judge.FloatAccuracy(network, data.Test, scaling));
    }

    private FloatNetwork? TryConvert(WindowSet windows, Encoder network)
    {
        try
        {
            return FloatNetworkOperators.Convert(_config, windows, network);
        }
        catch (Interchange.InterchangeException)
        {
            return null;
        }
    }

    private static int CountParameters(Encoder network) => (int)network.parameters().Sum(p => p.numel());
}
