using System.ComponentModel.DataAnnotations;
using NanoFormer.Runtime;

namespace NanoFormer.Data.Preparation;

/// <summary>
/// How a device gets to know its installation (<c>InstallationMonitor</c> of the firmware): every recording is one, whose first samples
/// are known to be normal.
/// </summary>
public sealed record InstallationOptions
{
    /// <summary>Samples at the start that show what is usual on each channel; a model learns from these, and is judged on what follows.</summary>
    [Range(ChannelBaseline.FewestSamples, 1_000_000)]
    public required int BaselineSamples { get; init; }

    /// <summary>Samples that are averaged to one of the model's; a divisor of the baseline's.</summary>
    [Range(1, 32_768)]
    public int BlockSamples { get; init; } = 1;

    /// <summary>The least spread of each channel that counts as such, in its unit; empty for none.</summary>
    public IReadOnlyList<double> SmallestSpreads { get; init; } = [];

    /// <summary>
    /// What the highest score of the baseline is multiplied by: an installation's own limit, where that lies above the model's alarm
    /// threshold. 0 for that threshold alone. Thousandths count.
    /// </summary>
    [Range(0.0, 100)]
    public double LimitFactor { get; init; }

    /// <summary>Names of recordings that are normal throughout: they are not judged, but all learnt from, in pieces.</summary>
    public IReadOnlyList<string> NormalRecordings { get; init; } = [];

    /// <summary>Samples in such a piece, which is an installation with a baseline of its own.</summary>
    [Range(1, 1_000_000)]
    public int PieceSamples { get; init; } = 1200;

    /// <summary>Samples between the starts of two pieces.</summary>
    [Range(1, 1_000_000)]
    public int PieceHopSamples { get; init; } = 200;

    /// <summary>Blocks in the baseline.</summary>
    internal int BaselineBlocks => BaselineSamples / BlockSamples;
}
