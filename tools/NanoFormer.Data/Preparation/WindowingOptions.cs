namespace NanoFormer.Data.Preparation;

/// <summary>How to cut recordings into windows.</summary>
public sealed record WindowingOptions
{
    /// <summary>Samples in a window.</summary>
    public required int WindowSamples { get; init; }

    /// <summary>Samples between the starts of two windows.</summary>
    public required int HopSamples { get; init; }

    /// <summary>
    /// The share of a window's samples that must have its label, above 0.5 and up to 1. Windows start every hop from the first sample of
    /// the recording, as on the device. Null to start again at every run of a label, so that no window spans a border.
    /// </summary>
    public double? Majority { get; init; }
}
