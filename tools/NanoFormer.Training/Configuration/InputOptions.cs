using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>How raw samples become the network's int8 input, and what the image says about the stream.</summary>
public sealed record InputOptions
{
    /// <summary>
    /// Per channel the distance from the offset that becomes full scale, in physical units; int8 steps are 1/128 of it and values beyond
    /// are clipped.
    /// </summary>
    [MinLength(1)]
    public required IReadOnlyList<double> Ranges { get; init; }

    /// <summary>Per channel the physical value that becomes 0; empty for 0 on all.</summary>
    public IReadOnlyList<double> Offsets { get; init; } = [];

    /// <summary>Samples between the starts of two windows on the device.</summary>
    [Range(1, 8192)]
    public required int HopSamples { get; init; }

    /// <summary>Suggested confidence, in thousandths, below which an answer counts as unknown.</summary>
    [Range(0, 1000)]
    public required int GateThresholdPermille { get; init; }

    /// <summary>
    /// Classes that are postures, such as SITTING and STANDING: between two of them lies a movement, so the device holds one until it sees
    /// a movement or the model answers with another class. At least two of the first 32 classes; empty for none.
    /// </summary>
    public IReadOnlyList<string> Postures { get; init; } = [];

    /// <summary>
    /// How many of the last answers vote on the device: 1 where a gesture is one window, 0 to leave it to the firmware. The application's
    /// setting <c>Voters</c> overrides it.
    /// </summary>
    [Range(0, 9)]
    public int Voters { get; init; }

    /// <summary>Made-up windows in the image for the device's self-test; each costs a window's bytes.</summary>
    [Range(1, 7)]
    public int SelfTestWindows { get; init; } = 7;

    /// <summary>The offset of a channel.</summary>
    public double Offset(int channel) => Offsets.Count == 0 ? 0 : Offsets[channel];
}
