namespace NanoFormer.Training.Configuration;

/// <summary>
/// The quantization-aware phase: the folded network is fine-tuned while its activations and weights are rounded as on the device.
/// </summary>
public sealed record QuantizationOptions
{
    /// <summary>Passes over the training windows.</summary>
    public required int Epochs { get; init; }

    /// <summary>The first epochs, in which activation ranges follow the data; afterwards they stand still. At least 1.</summary>
    public required int ObserveEpochs { get; init; }

    /// <summary>Learning rate at the start; it falls to 0 along a cosine.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Weight of the newest batch in the running range of an activation.</summary>
    public double RangeMomentum { get; init; } = 0.02;
}
