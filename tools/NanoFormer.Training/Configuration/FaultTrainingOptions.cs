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
    public double Margin { get; init; } = 0.3;

    /// <summary>How soft the margin is, in the same unit.</summary>
    public double Softness { get; init; } = 0.04;

    /// <summary>Weight of the margin's loss.</summary>
    public double Weight { get; init; } = 1;
}
