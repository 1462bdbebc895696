namespace NanoFormer.Data.Import;

/// <summary>A recording as its source holds it: physical values, times as they were stamped, faults and all.</summary>
public sealed record SourceRecording
{
    /// <summary>File or session; what is cut from one source stays together in a split.</summary>
    public required string Source { get; init; }

    /// <summary>What a place is called in messages: the file, and the word for the number of a sample.</summary>
    public required SourcePlace Place { get; init; }

    /// <summary>The person or machine recorded; empty when unknown.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The part of a split its source puts it in; empty when there is none.</summary>
    public string Split { get; init; } = "";

    /// <summary>Samples a second as the source or the user states it; null to take it from the time stamps.</summary>
    public double? RateHz { get; init; }

    /// <summary>Whether the samples have time stamps.</summary>
    public bool HasTimes { get; init; }

    /// <summary>Whether the source has labels at all.</summary>
    public bool HasLabels { get; init; }

    /// <summary>The channels, in the order of the values.</summary>
    public required IReadOnlyList<SourceChannel> Channels { get; init; }

    /// <summary>The samples, in the order of the source.</summary>
    public required IReadOnlyList<SourceSample> Samples { get; init; }
}
