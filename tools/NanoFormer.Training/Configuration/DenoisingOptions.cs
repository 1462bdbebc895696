using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// Shifts of some channels of training windows, while the score holds the network against the windows without them: so it learns to tell
/// from the other channels what each should read.
/// </summary>
public sealed record DenoisingOptions
{
    /// <summary>The channels that may be shifted; empty for all.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>Part of the windows with shifts, 0..1.</summary>
    [Range(0.0, 1)]
    public double Probability { get; init; } = 0.7;

    /// <summary>Parts of the channels, one of which is drawn for each window: so often each channel is shifted, 0..1.</summary>
    [MinLength(1)]
    public IReadOnlyList<double> ChannelParts { get; init; } = [0.15, 0.3, 0.6];

    /// <summary>Smallest shift, in the channels' unit.</summary>
    [Range(0, 1e6)]
    public required double Smallest { get; init; }

    /// <summary>Largest shift, in the channels' unit.</summary>
    [Range(0, 1e6)]
    public required double Largest { get; init; }

    /// <summary>Part of the shifts that begin within the window, 0..1; the others are there throughout.</summary>
    [Range(0.0, 1)]
    public double Steps { get; init; } = 0.5;
}
