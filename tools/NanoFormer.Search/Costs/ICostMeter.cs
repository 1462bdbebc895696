using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Costs;

/// <summary>Finds out what a candidate costs before it is trained.</summary>
public interface ICostMeter
{
    /// <summary>
    /// The costs of a configuration; null when it fits the windows or the image format not at all. Instructions, dear to count, are left
    /// out for what is over budget without them.
    /// </summary>
    CandidateCosts? Measure(TrainingConfig config, DeviceBudget budget);
}
