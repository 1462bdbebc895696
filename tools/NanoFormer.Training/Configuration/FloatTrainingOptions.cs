namespace NanoFormer.Training.Configuration;

/// <summary>The float phase: AdamW with a one-cycle learning rate on the cross entropy.</summary>
public sealed record FloatTrainingOptions
{
    /// <summary>Passes over the training windows.</summary>
    public required int Epochs { get; init; }

    /// <summary>Windows in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The highest learning rate of the cycle.</summary>
    public required double LearningRate { get; init; }

    /// <summary>AdamW's decoupled weight decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>Probability spread over all classes.</summary>
    public required double LabelSmoothing { get; init; }

    /// <summary>Part of the activations dropped after the positions and before each residual add.</summary>
    public required double Dropout { get; init; }
}
