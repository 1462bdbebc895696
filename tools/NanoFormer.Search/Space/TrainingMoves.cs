using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Space;

/// <summary>Changes of how a network sees its input and of how it is kept from learning by heart.</summary>
internal static class TrainingMoves
{
    private static readonly double[] Dropouts = [0, 0.05, 0.1, 0.2, 0.3];
    private static readonly double[] Decays = [0.01, 0.03, 0.05, 0.1];
    private static readonly double[] Rates = [0.001, 0.002, 0.003, 0.004, 0.006];
    private static readonly double[] Rotations = [0, 6, 12, 20, 30];
    private static readonly double[] Masks = [0, 0.1, 0.2, 0.3];

    public static TrainingConfig Dropout(TrainingConfig config, Random random) =>
        config with { FloatTraining = config.FloatTraining with { Dropout = Other(Dropouts, config.FloatTraining.Dropout, random) } };

    public static TrainingConfig WeightDecay(TrainingConfig config, Random random) =>
        config with { FloatTraining = config.FloatTraining with { WeightDecay = Other(Decays, config.FloatTraining.WeightDecay, random) } };

    public static TrainingConfig LearningRate(TrainingConfig config, Random random) =>
        config with { FloatTraining = config.FloatTraining with { LearningRate = Other(Rates, config.FloatTraining.LearningRate, random) } };

    public static TrainingConfig Rotation(TrainingConfig config, Random random) => config.Augmentation.Triads.Count == 0
        ? config
        : config with { Augmentation = config.Augmentation with { RotationDegrees = Other(Rotations, config.Augmentation.RotationDegrees, random) } };

    public static TrainingConfig Mask(TrainingConfig config, Random random) =>
        config with { Augmentation = config.Augmentation with { Masked = Other(Masks, config.Augmentation.Masked, random) } };

    /// <summary>All streams with small values eight times as large beside them, or without.</summary>
    public static ArchitectureOptions Gains(ArchitectureOptions architecture, Random random) => architecture with
    {
        Streams = [.. architecture.Streams.Select(stream => stream with { Gains = stream.Gains.Count > 1 ? [1] : [8, 1] })],
    };

    private static double Other(double[] values, double value, Random random)
    {
        double[] others = [.. values.Where(other => other != value)];
        return others[random.Next(others.Length)];
    }
}
