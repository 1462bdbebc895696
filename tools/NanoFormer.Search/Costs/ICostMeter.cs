using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Costs;

/// <summary>Finds out what a candidate costs before it is trained.</summary>
public interface ICostMeter
{
    /// <summary>
    /// The costs of a configuration whose image is packed where the core gains by it and the budget has the flash; null when it fits the
    /// windows or the image format not at all. Instructions, dear to count, are left out for what is over budget without them.
    /// </summary>
    MeasuredConfig? Measure(TrainingConfig config, DeviceBudget budget);
}

/// <summary>A configuration that says whether its image is packed, and what it costs so.</summary>
public sealed record MeasuredConfig(TrainingConfig Config, CandidateCosts Costs);

/// <summary>What a candidate costs a device.</summary>
/// <param name="ImageBytes">Bytes of the image, test vectors and packed section included.</param>
/// <param name="ArenaBytes">Bytes of the arena that a window needs.</param>
/// <param name="Macs">Multiply-accumulates of a window.</param>
/// <param name="Instructions">Instructions of a window; null for a candidate that is over budget without them.</param>
/// <param name="IsCounted">Whether the instructions were counted on the emulated core, not estimated.</param>
public sealed record CandidateCosts(int ImageBytes, int ArenaBytes, long Macs, long? Instructions, bool IsCounted);
