using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>Channels that become tokens together: one sensor, at a rate of its own.</summary>
public sealed record StreamOptions
{
    /// <summary>Its first channel.</summary>
    [Range(0, 255)]
    public int FirstChannel { get; init; }

    /// <summary>How many channels it has; null for all that follow.</summary>
    [Range(1, 256)]
    public int? Channels { get; init; }

    /// <summary>
    /// The same channels once for each of these gains, side by side: a gain of 8 shows small values with eight times as many steps and
    /// clips large ones.
    /// </summary>
    [MinLength(1)]
    public IReadOnlyList<double> Gains { get; init; } = [1];

    /// <summary>Every n-th sample is taken, for a sensor that is slower than the window's rate.</summary>
    [Range(1, 255)]
    public int Step { get; init; } = 1;

    /// <summary>The convolutions that make its tokens; the last one's channels are the width of the encoder.</summary>
    [MinLength(1)]
    public required IReadOnlyList<ConvolutionOptions> Convolutions { get; init; }

    /// <summary>How many of a window's channels it takes.</summary>
    public int ChannelsOf(int windowChannels) => Channels ?? windowChannels - FirstChannel;

    /// <summary>Tokens made from a window.</summary>
    public int Tokens(int windowSamples, bool causal) =>
        Convolutions.Aggregate(windowSamples / Step, (rows, conv) => conv.OutputRows(rows, causal));
}
