using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>The float phase: AdamW with a one-cycle learning rate on the cross entropy.</summary>
public sealed record FloatTrainingOptions
{
    /// <summary>Passes over the training windows.</summary>
    [Range(1, 10_000)]
    public required int Epochs { get; init; }

    /// <summary>Windows in a step.</summary>
    [Range(2, 65_536)]
    public required int BatchSize { get; init; }

    /// <summary>The highest learning rate of the cycle.</summary>
    [Range(1e-8, 1)]
    public required double LearningRate { get; init; }

    /// <summary>AdamW's decoupled weight decay.</summary>
    [Range(0.0, 1)]
    public required double WeightDecay { get; init; }

    /// <summary>Probability spread over all classes.</summary>
    [Range(0, 0.5)]
    public required double LabelSmoothing { get; init; }

    /// <summary>Part of the activations dropped after the positions and before each residual add.</summary>
    [Range(0, 0.9)]
    public required double Dropout { get; init; }

    /// <summary>Longest gradient of a step, over all parameters; a longer one is shortened to it. 0 for no limit.</summary>
    [Range(0.0, 1000)]
    public double GradientNorm { get; init; }

    /// <summary>
    /// How far the loss evens out the classes: 0 counts each window the same, 1 each class, however many windows it has, and between them a
    /// window counts by this power of its class's rarity.
    /// </summary>
    [Range(0.0, 1)]
    public double Balance { get; init; }

    /// <summary>
    /// Whether every token is asked for the class at its time, in place of the pooled tokens for that of the window: for models that
    /// stream, whose windows are then cut across label borders.
    /// </summary>
    public bool EveryToken { get; init; }
}
