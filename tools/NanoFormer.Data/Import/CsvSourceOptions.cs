namespace NanoFormer.Data.Import;

/// <summary>How to read a CSV file with a header line.</summary>
public sealed record CsvSourceOptions
{
    /// <summary>The columns to read, by name.</summary>
    public required IReadOnlyList<SourceChannel> Channels { get; init; }

    /// <summary>Column with a time stamp for each row; null when the rows are evenly sampled at <see cref="RateHz"/>.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Seconds in one unit of the time column: 1, 1e-3 or 1e-6.</summary>
    public double TimeUnitSeconds { get; init; } = 1;

    /// <summary>Samples a second; null to take it from the time column.</summary>
    public double? RateHz { get; init; }

    /// <summary>Column with the class name of each row; an empty field means unlabelled. Null without labels.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Column with the subject; a new recording begins where it changes.</summary>
    public string? SubjectColumn { get; init; }

    /// <summary>Column with the session; a new recording begins where it changes. Null when a file is a session.</summary>
    public string? RecordingColumn { get; init; }

    /// <summary>The class of every row, when no column has it; null without.</summary>
    public string? Label { get; init; }

    /// <summary>The subject of every row, when no column has it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What stands between two fields.</summary>
    public string Delimiter { get; init; } = ",";
}
