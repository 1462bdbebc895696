using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Calibrates the ranges of a folded network, then fine-tunes it while it computes as the device does.</summary>
internal static class QuantizationPhase
{
    /// <summary>Finds the ranges of a folded network; its quantizer is then fixed.</summary>
    /// <param name="epochs">Has the windows.</param>
    /// <param name="network">The folded network.</param>
    /// <param name="device">Its forward pass as on the device, and the quantizer of that.</param>
    /// <param name="windows">Indices of the training windows to calibrate with.</param>
    public static void Calibrate(EpochLoop epochs, Encoder network, DeviceForward device, IReadOnlyList<int> windows)
    {
        using var inference = no_grad();
        foreach (var batch in epochs.PlainBatches(windows))
        {
            device.Run(network, batch, everyToken: false);
        }

        device.Quantizer.Observing = false;
    }

    /// <summary>Trains a calibrated network, or a part of one, in place.</summary>
    /// <param name="runner">Runs the epochs.</param>
    /// <param name="name">Name of the phase's checkpoint.</param>
    /// <param name="network">The folded network.</param>
    /// <param name="device">Its forward pass as on the device, and the quantizer of that.</param>
    /// <param name="config">How.</param>
    /// <param name="training">How it was trained in float.</param>
    /// <param name="teacher">What it learns from beside the labels; null for none.</param>
    public static void Tune(PhaseRunner runner, string name, Encoder network, DeviceForward device, TrainingConfig config,
        FloatTrainingOptions training, EncoderEnsemble? teacher = null)
    {
        var options = config.Quantization;
        if (options.Epochs == 0)
        {
            return;
        }

        bool everyToken = training.EveryToken;
        var weights = runner.Epochs.ClassWeights(training.Balance);
        var objective = new Objective(training.LabelSmoothing, weights, network.Options.Score, config.Faults, config.Distillation);
        using var optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: training.WeightDecay);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, options.Epochs * runner.Epochs.Steps);
        runner.Run(TrainingPhase.Quantization, name, network, options.Epochs, optimizer, schedule,
            batch => device.Run(network, batch.Inputs, everyToken, batch.Clean),
            (result, batch) => objective.Loss(result, batch, teacher?.Logits(batch.Inputs, everyToken), network.ScoreGain),
            device.Quantizer,
            epoch => device.Quantizer.Observing = epoch <= options.ObserveEpochs);
        device.Quantizer.Observing = false;
    }
}
