namespace NanoFormer.Training.Phases;

/// <summary>Takes heads and feed-forward columns away in steps, and fine-tunes after each.</summary>
internal static class PruningPhase
{
    /// <summary>Returns the smaller network.</summary>
    /// <param name="runner">Runs the epochs.</param>
    /// <param name="config">How much leaves, and how it is fine-tuned.</param>
    /// <param name="network">The trained network.</param>
    /// <param name="teacher">What it learns from beside the labels; null for none.</param>
    /// <param name="after">Told each network: the one before, then the one after each step.</param>
    public static Encoder Run(PhaseRunner runner, TrainingConfig config, Encoder network, EncoderEnsemble? teacher, Action<Encoder> after)
    {
        if (config.Pruning is not { } pruning)
        {
            return network;
        }

        after(network);
        var original = network.Options.Blocks;
        var tuning = config.FloatTraining with { Epochs = pruning.Epochs, LearningRate = pruning.LearningRate };
        for (int step = 1; step <= pruning.Steps; step++)
        {
            double part = (double)step / pruning.Steps;
            network = Pruning.Keep(network, original, part * pruning.Heads, part * pruning.FeedForward);
            FloatPhase.Run(runner, TrainingPhase.Pruning, FormattableString.Invariant($"pruning{step}"), network, tuning, teacher,
                config.Distillation, config.Faults);
            after(network);
        }

        return network;
    }
}
