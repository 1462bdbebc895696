using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>A larger float network, trained first on the same windows, whose answers the model learns beside the labels.</summary>
public sealed record DistillationOptions
{
    /// <summary>The teacher's network.</summary>
    public required ArchitectureOptions Architecture { get; init; }

    /// <summary>How the teacher is trained.</summary>
    public required FloatTrainingOptions Training { get; init; }

    /// <summary>How many of them: they differ in what they began with, and teach the mean of their answers.</summary>
    [Range(1, 20)]
    public int Teachers { get; init; } = 1;

    /// <summary>Part of the loss that comes from the teacher, 0..1; the labels make the rest.</summary>
    [Range(0.0, 1)]
    public double Weight { get; init; } = 0.5;

    /// <summary>What both networks' logits are divided by before they are compared.</summary>
    [Range(0.1, 100)]
    public double Temperature { get; init; } = 2;
}
