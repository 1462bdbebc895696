using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Trains a network in float: AdamW with a one-cycle learning rate.</summary>
internal static class FloatPhase
{
    /// <summary>Trains <paramref name="network"/> in place and leaves its norms in inference mode.</summary>
    /// <param name="runner">Runs the epochs.</param>
    /// <param name="phase">Where in the training this is.</param>
    /// <param name="name">Name of the phase's checkpoint.</param>
    /// <param name="network">What learns.</param>
    /// <param name="options">How.</param>
    /// <param name="teacher">What it learns from beside the labels; null for none.</param>
    /// <param name="teaching">How much that counts.</param>
    /// <param name="faults">How windows with injected faults count; null without such.</param>
    public static void Run(PhaseRunner runner, TrainingPhase phase, string name, Encoder network, FloatTrainingOptions options,
        EncoderEnsemble? teacher = null, DistillationOptions? teaching = null, FaultTrainingOptions? faults = null)
    {
        var weights = runner.Epochs.ClassWeights(options.Balance);
        var objective = new Objective(options.LabelSmoothing, weights, network.Options.Score, faults, teaching);
        using var optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: options.WeightDecay);
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, options.LearningRate, total_steps: options.Epochs * runner.Epochs.Steps);
        network.train();
        runner.Run(phase, name, network, options.Epochs, optimizer, schedule,
            batch => network.Run(new FloatOperators(batch.Inputs, options.Dropout, batch.Clean), options.EveryToken),
            (result, batch) =>
                objective.Loss(result, batch, teacher?.Logits(batch.Inputs, options.EveryToken), network.ScoreGain));
        network.eval();
    }
}
