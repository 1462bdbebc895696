using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Calibrates the ranges of a folded network, then fine-tunes it while it computes as the device does.</summary>
internal static class QuantizationPhase
{
    /// <summary>Trains <paramref name="network"/> in place; its quantizer then stands still.</summary>
    /// <param name="runner">Runs the epochs.</param>
    /// <param name="config">How.</param>
    /// <param name="network">The folded network.</param>
    /// <param name="device">Its forward pass as on the device, and the quantizer of that.</param>
    /// <param name="calibration">Indices of the training windows to calibrate with.</param>
    /// <param name="teacher">What it learns from beside the labels; null for none.</param>
    public static void Run(PhaseRunner runner, TrainingConfig config, Encoder network, DeviceForward device, IReadOnlyList<int> calibration,
        Encoder? teacher)
    {
        var options = config.Quantization;
        var everyToken = config.FloatTraining.EveryToken;
        foreach (var batch in runner.Epochs.PlainBatches(calibration))
        {
            using var inference = no_grad();
            device.Run(network, batch, everyToken: false);
        }
        device.Quantizer.Observing = false;
        if (options.Epochs == 0)
        {
            return;
        }
        var weights = runner.Epochs.ClassWeights(config.FloatTraining.Balanced);
        var objective = new Objective(
            config.FloatTraining.LabelSmoothing, weights, network.Options.Score, config.Faults, config.Distillation);
        using var optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: config.FloatTraining.WeightDecay);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, options.Epochs * runner.Epochs.Steps);
        runner.Run(TrainingPhase.Quantization, "quantization", network, options.Epochs, optimizer, schedule,
            inputs => device.Run(network, inputs, everyToken),
            (result, batch) => objective.Loss(result, batch, Teaching.Logits(teacher, batch.Inputs, everyToken), network.ScoreGain),
            device.Quantizer,
            epoch => device.Quantizer.Observing = epoch <= options.ObserveEpochs);
        device.Quantizer.Observing = false;
    }
}
