using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Encoder;
using NanoFormer.Training.Evaluation;
using NanoFormer.Training.Export;
using NanoFormer.Training.Phases;
using TorchSharp;

namespace NanoFormer.Training;

/// <summary>
/// Trains a model in two phases - float, then folded and with the rounding of the device - exports the integer graph and judges it.
/// One thread does the tensor work: the tensors are small, and so the result depends on seed and machine alone.
/// </summary>
public sealed class Trainer
{
    private readonly TrainingConfig _config;
    private readonly IProgress<TrainingProgress>? _progress;

    /// <summary>A trainer for a configuration that reports its steps, if asked to.</summary>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    public Trainer(TrainingConfig config, IProgress<TrainingProgress>? progress = null)
    {
        TorchRuntime.Load();
        _config = config;
        _progress = progress;
    }

    /// <summary>Trains on <paramref name="data"/>. The same seed on the same machine gives the same model.</summary>
    /// <exception cref="ConfigException">The configuration does not fit the data.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainedModel Run(TrainingData data, int seed, CancellationToken cancellation = default)
    {
        ConfigValidator.ValidateFor(_config, data.Train.WindowSamples, data.Train.Channels.Count);
        torch.set_num_threads(1);
        torch.manual_seed(seed);
        using var scope = torch.NewDisposeScope();
        using var windows = new WindowTensors(data.Train);
        using var augmentation = new Augmentation(_config.Augmentation, data.Train.Channels);
        using var scaling = new InputScaling(_config.Input);
        var epochs = new EpochLoop(windows, augmentation, scaling, _config.FloatTraining);

        var twin = FloatPhase.Run(_config, epochs, NewNetwork(data.Train), _progress, cancellation);
        var folded = twin.Fold();
        var quantizer = QuantizationPhase.Run(_config, epochs, folded, _progress, cancellation);
        var testWindows = SyntheticWindows.For(data.Train, _config.Input);
        var graph = GraphExport.Run(_config, data.Train, folded, quantizer).WithTestWindows(testWindows);

        var judge = new Judge(twin, folded, quantizer, graph, scaling, _progress);
        return new TrainedModel(
            graph,
            CountParameters(folded),
            judge.Run(data.Test, cancellation),
            data.RawTest is null ? null : judge.Run(data.RawTest, cancellation));
    }

    private FloatEncoder NewNetwork(WindowSet windows) => new(
        _config.Architecture, windows.WindowSamples, windows.Channels.Count, windows.ClassNames.Count, _config.FloatTraining.Dropout);

    private static int CountParameters(FoldedEncoder network) => (int)network.parameters().Sum(p => p.numel());
}
