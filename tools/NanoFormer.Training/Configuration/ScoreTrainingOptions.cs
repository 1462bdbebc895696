namespace NanoFormer.Training.Configuration;

/// <summary>How a score's own network (<c>architecture.score.encoder</c>) is trained: apart from that of the classes.</summary>
public sealed record ScoreTrainingOptions
{
    /// <summary>Its training in float; with fake quantization it is trained like the classes' network.</summary>
    public required FloatTrainingOptions Training { get; init; }

    /// <summary>Random changes to its training windows.</summary>
    public required AugmentationOptions Augmentation { get; init; }
}
