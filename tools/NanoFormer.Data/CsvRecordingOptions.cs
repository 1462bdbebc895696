using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Data;

/// <summary>How to read a CSV file with a header line as recordings.</summary>
public sealed record CsvRecordingOptions
{
    /// <summary>
    /// The columns to read, by name, with unit and the int16 step to store them in; a value is <c>field / Scale</c> steps.
    /// </summary>
    [MinLength(1)]
    public required IReadOnlyList<ChannelInfo> Channels { get; init; }

    /// <summary>Column with a time stamp for each row; null when the rows are evenly sampled at <see cref="RateHz"/>.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Seconds in one unit of the time column: 1, 1e-3 or 1e-6.</summary>
    [Range(1e-9, 86_400)]
    public double TimeUnitSeconds { get; init; } = 1;

    /// <summary>Samples a second; null to take the median step of the time column.</summary>
    [Range(1e-3, 1e6)]
    public double? RateHz { get; init; }

    /// <summary>A step of the time column longer than this many sample periods is a gap: a new recording begins.</summary>
    [Range(1.0, 1e6)]
    public double GapPeriods { get; init; } = 1.5;

    /// <summary>Column with the class name of each row; an empty field means unlabelled. Null without labels.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Column with the subject; a new recording begins where it changes. Null when all rows are of one subject.</summary>
    public string? SubjectColumn { get; init; }
}
