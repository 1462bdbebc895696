using NanoFormer.Data;
using NanoFormer.Data.Preparation;
using NanoFormer.Training.Evaluation;
using NanoFormer.Training.Phases;
using TorchSharp;
using static System.FormattableString;

namespace NanoFormer.Training;

/// <summary>
/// Trains a model: a teacher and the network in float, pruning, then folded and with the arithmetic of the device; exports the integer
/// graph and judges it. Of an ensemble each network is trained so, from a seed of its own. One thread does the tensor work: the tensors are
/// small, and so the result depends on seeds and machine alone.
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
    /// Folder that the state of each seed is kept in after every epoch, and taken up from when it is there; null to keep none.
    /// </param>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    public Trainer(TrainingConfig config, IProgress<TrainingProgress>? progress = null, string? checkpoints = null)
    {
        TorchRuntime.Load();
        _config = config;
        _progress = progress;
        _checkpoints = checkpoints;
    }

    /// <summary>Trains on <paramref name="data"/>. The same seeds on the same machine give the same model.</summary>
    /// <param name="data">Windows to learn from and to judge on.</param>
    /// <param name="seeds">Seed of everything random, one for each network of the ensemble.</param>
    /// <param name="start">Weights to start from in place of random ones, by name; null for none.</param>
    /// <param name="whatFits">Whether only the weights are taken whose shapes fit, in place of a fault.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <exception cref="ConfigException">
    /// The configuration does not fit the data or the weights, or the state to take up is of another training.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainedModel Run(
        TrainingData data, IReadOnlyList<int> seeds, IReadOnlyDictionary<string, WeightTensor>? start = null, bool whatFits = false,
        CancellationToken cancellation = default)
    {
        ConfigValidator.ValidateFor(_config, data.Train.WindowSamples, data.Train.Channels.Count);
        using var scope = torch.NewDisposeScope();
        using var windows = new WindowTensors(data.Train, TokensAsked(data.Train));
        using var scaling = new InputScaling(_config.Input);
        TrainedNetwork[] networks = [.. seeds.Select((seed, place) =>
            Train(data, windows, scaling, seed, WeightNames.OfMember(start, place), whatFits, cancellation))];

        int? alarm = ScoreScale.AlarmThreshold(networks[0].Folded, networks[0].Device, networks[0].Epochs, data);
        var graph = GraphExport.Run(_config, data.Train, networks.Select(network => (network.Folded, network.Device)), alarm)
            .WithTestWindows(SyntheticWindows.For(data.Train, _config.Input));

        var judge = new Judge(networks, graph, scaling, _config, _progress);
        return new TrainedModel(graph, networks.Sum(network => CountParameters(network.Folded)), judge.Run(data.Test, data.Baselines, cancellation),
            data.RawTest is null ? null : judge.Run(data.RawTest, null, cancellation))
        {
            FloatNetwork = TryConvert(data.Train, networks.Select(network => network.Float)),
            TeacherNetwork = networks[0].Teacher?.Single is { } single ? TryConvert(data.Train, [single]) : null,
            Weights = WeightNames.OfAll([.. networks.Select(network => network.Float.Weights())]),
            Architecture = networks[0].Float.Options,
            Pruning = networks[0].Pruning,
        };
    }

    /// <summary>The same, with seeds that follow one another.</summary>
    public TrainedModel Run(TrainingData data, int seed, CancellationToken cancellation = default) =>
        Run(data, [.. Enumerable.Range(seed, _config.Ensemble)], cancellation: cancellation);

    /// <summary>Trains one network, and leaves nothing but its checkpoint.</summary>
    public void Prepare(TrainingData data, int seed, IReadOnlyDictionary<string, WeightTensor>? start, bool whatFits, CancellationToken cancellation)
    {
        ConfigValidator.ValidateFor(_config, data.Train.WindowSamples, data.Train.Channels.Count);
        using var scope = torch.NewDisposeScope();
        using var windows = new WindowTensors(data.Train, TokensAsked(data.Train));
        using var scaling = new InputScaling(_config.Input);
        Train(data, windows, scaling, seed, start, whatFits, cancellation);
    }

    private TrainedNetwork Train(
        TrainingData data, WindowTensors windows, InputScaling scaling, int seed, IReadOnlyDictionary<string, WeightTensor>? start, bool whatFits,
        CancellationToken cancellation)
    {
        torch.set_num_threads(1);
        torch.manual_seed(seed);
        string? folder = _checkpoints is null ? null : Path.Combine(_checkpoints, Invariant($"seed{seed}"));
        var checkpoint = new Checkpoint(folder, Fingerprint.Of(_config, data, seed, start));
        var runners = NewRunners(data.Train, (changes, training, faults, disturbance) => new PhaseRunner(
            new EpochLoop(windows, changes, scaling, training.BatchSize, training.GradientNorm, faults, disturbance),
            checkpoint, _progress, cancellation));

        var teacher = TrainTeacher(runners.Main, data.Train);
        var network = NewNetwork(_config.Architecture, data.Train);
        if (start is not null)
        {
            network.TakeWeights(start, whatFits);
        }

        List<PruningStep> steps = [];
        network = TrainInFloat(runners, network, teacher, smaller => steps.Add(Measure(smaller, data, scaling)));

        var calibration = CalibrationWindows(data.Train, seed);
        ScoreScale.Set(network, runners.Main.Epochs, calibration);
        var folded = network.Folded();
        var device = new DeviceForward(_config, data.Train);
        QuantizationPhase.Calibrate(runners.Main.Epochs, folded, device, calibration);
        Tune(runners, folded, device, teacher);
        return new TrainedNetwork(network, folded, device, runners.Main.Epochs) { Teacher = teacher, Pruning = steps };
    }

    /// <summary>What runs the epochs: of the network, or of its classes, and of the score's own network where it has one.</summary>
    private (PhaseRunner Main, PhaseRunner? Score) NewRunners(
        WindowSet train, Func<Augmentation, FloatTrainingOptions, FaultAugmentation?, Disturbance?, PhaseRunner> create)
    {
        var faults = _config.Faults is { } injected ? new FaultAugmentation(injected.Injection, train) : null;
        var disturbance = _config.Denoising is { } denoising ? new Disturbance(denoising, train.Channels.Count) : null;
        var changes = new Augmentation(_config.Augmentation, train.Channels);
        return _config.ScoreTraining is { } score
            ? (create(changes, _config.FloatTraining, null, null),
                create(new Augmentation(score.Augmentation, train.Channels), score.Training, faults, disturbance))
            : (create(changes, _config.FloatTraining, faults, disturbance), null);
    }

    private Encoder TrainInFloat(
        (PhaseRunner Main, PhaseRunner? Score) runners, Encoder network, EncoderEnsemble? teacher, Action<Encoder> afterPruning)
    {
        var main = network.Main;
        FloatPhase.Run(
            runners.Main, TrainingPhase.Float, "float", main, _config.FloatTraining, teacher, _config.Distillation, _config.Faults);
        main = PruningPhase.Run(runners.Main, _config, main, teacher, afterPruning);
        if (runners.Score is not { } runner || network.Scorer is not { } scorer)
        {
            return main;
        }

        FloatPhase.Run(runner, TrainingPhase.Score, "score", scorer, _config.ScoreTraining!.Training, faults: _config.Faults);
        return main.With(scorer, _config.Architecture.Score!);
    }

    private void Tune((PhaseRunner Main, PhaseRunner? Score) runners, Encoder folded, DeviceForward device, EncoderEnsemble? teacher)
    {
        QuantizationPhase.Tune(runners.Main, "quantization", folded.Main, device, _config, _config.FloatTraining, teacher);
        if (runners.Score is { } runner)
        {
            QuantizationPhase.Tune(runner, "score-quantization", folded.Scorer!, device, _config, _config.ScoreTraining!.Training);
        }
    }

    private EncoderEnsemble? TrainTeacher(PhaseRunner runner, WindowSet windows)
    {
        if (_config.Distillation is not { } distillation)
        {
            return null;
        }

        return new EncoderEnsemble([.. Enumerable.Range(1, distillation.Teachers).Select(number =>
        {
            var network = NewNetwork(distillation.Architecture, windows);
            FloatPhase.Run(runner, TrainingPhase.Teacher, number == 1 ? "teacher" : Invariant($"teacher{number}"), network, distillation.Training);
            return network;
        })]);
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
        int count = Math.Min(_config.Quantization.CalibrationWindows, windows.Count);
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

    private FloatNetwork? TryConvert(WindowSet windows, IEnumerable<Encoder> networks)
    {
        try
        {
            return FloatNetworkOperators.Convert(_config, windows, [.. networks.Select(network => network.Folded())]);
        }
        catch (Interchange.InterchangeException)
        {
            return null;
        }
    }

    private static int CountParameters(Encoder network) => (int)network.parameters().Sum(p => p.numel());
}
