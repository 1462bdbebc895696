namespace NanoFormer.Training.Configuration;

/// <summary>How raw samples become the network's int8 input, and what the image says about the stream.</summary>
public sealed record InputOptions
{
    /// <summary>
    /// Per channel the physical value that becomes full scale; int8 steps are 1/128 of it and values beyond it are clipped.
    /// </summary>
    public required IReadOnlyList<double> Ranges { get; init; }

    /// <summary>Samples between the starts of two windows on the device.</summary>
    public required int HopSamples { get; init; }

    /// <summary>Suggested confidence, in thousandths, below which an answer counts as unknown.</summary>
    public required int GateThresholdPermille { get; init; }
}
