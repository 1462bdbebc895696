using NanoFormer.Training.Configuration;
using NanoFormer.Training.Encoder;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Trains the float network from nothing.</summary>
internal static class FloatPhase
{
    /// <summary>Returns the trained network, its norms in inference mode.</summary>
    public static FloatEncoder Run(
        TrainingConfig config, EpochLoop epochs, FloatEncoder network, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var options = config.FloatTraining;
        using var optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: options.WeightDecay);
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, options.LearningRate, total_steps: options.Epochs * epochs.Steps);
        network.train();
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            var (loss, accuracy) = epochs.Run(network.forward, optimizer, schedule, cancellation);
            progress?.Report(new TrainingProgress(TrainingPhase.Float, epoch, options.Epochs, loss, accuracy));
        }
        network.eval();
        return network;
    }
}
