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

    /// <summary>Samples per second as the source or the user states it; null to take it from the time stamps.</summary>
    public double? RateHz { get; init; }

    /// <summary>Whether the samples have time stamps.</summary>
    public bool HasTimes { get; init; }

    /// <summary>The first time stamp in the unit of the source; null when it has none or is a date.</summary>
    public double? FirstStamp { get; init; }

    /// <summary>Seconds in one unit of the source's time stamps.</summary>
    public double TimeUnitSeconds { get; init; } = 1;

    /// <summary>Whether the source has labels at all.</summary>
    public bool HasLabels { get; init; }

    /// <summary>The channels, in the order of the values.</summary>
    public required IReadOnlyList<SourceChannel> Channels { get; init; }

    /// <summary>The samples, in the order of the source. They are read several times.</summary>
    public required IReadOnlyCollection<SourceSample> Samples { get; init; }
}

/// <summary>One sample as a source states it, before anything is repaired.</summary>
/// <param name="Number">Its place in the source, from 1: a line, or a sample.</param>
/// <param name="Seconds">Its time stamp; 0 when the source has none.</param>
/// <param name="Values">Physical values, one per channel; NaN where there is none.</param>
/// <param name="Label">Class name; empty when nobody labelled it.</param>
/// <param name="FollowsLoss">Samples before it are missing, so it cannot be one period after its predecessor.</param>
public readonly record struct SourceSample(int Number, double Seconds, double[] Values, string Label, bool FollowsLoss = false);

/// <summary>How places in a source are named in messages.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Word">What is counted: <c>line</c> or <c>sample</c>.</param>
public sealed record SourcePlace(string File, string Word)
{
    /// <summary>The place of a sample.</summary>
    public string Of(int number) => FormattableString.Invariant($"{File}, {Word} {number}");

    /// <summary>The place of a value.</summary>
    public string Of(int number, string column) => $"{Of(number)}, column {column}";
}
