using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>The sizes of one encoder block.</summary>
public sealed record BlockOptions
{
    /// <summary>Attention heads.</summary>
    [Range(1, 64)]
    public required int Heads { get; init; }

    /// <summary>Columns of a head's queries, keys and values.</summary>
    [Range(1, 256)]
    public required int HeadColumns { get; init; }

    /// <summary>Columns between the two linear layers of the feed-forward part.</summary>
    [Range(1, 4096)]
    public required int FeedForward { get; init; }
}
