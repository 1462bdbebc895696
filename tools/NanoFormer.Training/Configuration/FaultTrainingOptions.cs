using System.ComponentModel.DataAnnotations;
using NanoFormer.Data.Faults;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// Faults put into half of the training windows, so that the score learns to tell them: it is pushed above a margin for windows with a
/// fault and below it for those without.
/// </summary>
public sealed record FaultTrainingOptions
{
    /// <summary>What is injected.</summary>
    public required FaultOptions Injection { get; init; }

    /// <summary>The score, in parts of the input's full scale, that parts windows with and without a fault.</summary>
    [Range(1e-6, 4)]
    public double Margin { get; init; } = 0.3;

    /// <summary>How soft the margin is, in the same unit.</summary>
    [Range(1e-6, 4)]
    public double Softness { get; init; } = 0.04;

    /// <summary>Weight of the margin's loss.</summary>
    [Range(0, 1e6)]
    public double Weight { get; init; } = 1;
}
