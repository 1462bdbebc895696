using NanoFormer.Training.Configuration;
using NanoFormer.Training.Encoder;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Fine-tunes the folded network with the rounding of the device in its forward pass.</summary>
internal static class QuantizationPhase
{
    /// <summary>Trains <paramref name="network"/> in place and returns the quantizer with the final scales.</summary>
    public static ActivationQuantizer Run(
        TrainingConfig config, EpochLoop epochs, FoldedEncoder network, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var options = config.Quantization;
        var quantizer = NewQuantizer(config);
        using var optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: config.FloatTraining.WeightDecay);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, options.Epochs * epochs.Steps);
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            quantizer.Observing = epoch <= options.ObserveEpochs;
            var (loss, accuracy) = epochs.Run(inputs => network.Forward(inputs, quantizer), optimizer, schedule, cancellation);
            progress?.Report(new TrainingProgress(TrainingPhase.Quantization, epoch, options.Epochs, loss, accuracy));
        }
        quantizer.Observing = false;
        return quantizer;
    }

    internal static ActivationQuantizer NewQuantizer(TrainingConfig config)
    {
        var quantizer = new ActivationQuantizer(config.Quantization.RangeMomentum);
        quantizer.Fix(ActivationNames.Input, InputScaling.Quantization);
        for (int block = 0; block < config.Architecture.Blocks; block++)
        {
            quantizer.Fix(ActivationNames.Block(block).Weights, Model.Quantization.Probability);
        }
        return quantizer;
    }
}
