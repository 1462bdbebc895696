using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Data.Import;

/// <summary>How to read a CSV file.</summary>
public sealed record CsvSourceOptions
{
    /// <summary>The columns to read, by name, with unit and, where it is to be fixed, the int16 step to store them in.</summary>
    [MinLength(1)]
    public required IReadOnlyList<SourceChannel> Channels { get; init; }

    /// <summary>
    /// Column with a time stamp for each row, a number, a date and time, or the time of a day; null when the rows are evenly sampled at
    /// <see cref="RateHz"/>.
    /// </summary>
    public string? TimeColumn { get; init; }

    /// <summary>Seconds in one unit of the time column: 1, 1e-3, 1e-6 or 1e-9.</summary>
    [Range(1e-9, 86_400)]
    public double TimeUnitSeconds { get; init; } = 1;

    /// <summary>Samples per second; null to take it from the time column.</summary>
    [Range(1e-3, 1e6)]
    public double? RateHz { get; init; }

    /// <summary>A step of the time column longer than this many sample periods is a gap: a new recording begins.</summary>
    [Range(1.0, 1e6)]
    public double GapPeriods { get; init; } = RecordingImport.UsualGapPeriods;

    /// <summary>Column with the class name of each row; an empty field means unlabelled. Null without labels.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Column with the subject; a new recording begins where it changes. Null when all rows are of one subject.</summary>
    public string? SubjectColumn { get; init; }

    /// <summary>Column with the session; a new recording begins where it changes. Null when a file is a session.</summary>
    public string? RecordingColumn { get; init; }

    /// <summary>The class of every row, when no column has it; null without.</summary>
    public string? Label { get; init; }

    /// <summary>The subject of every row, when no column has it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The part of a split that every row is in; empty without.</summary>
    public string Split { get; init; } = "";

    /// <summary>Names of the columns, in place of a header line; empty to read that line.</summary>
    public IReadOnlyList<string> ColumnNames { get; init; } = [];

    /// <summary>
    /// What stands between two fields, a blank for any number of them; null to go by a line <c>sep=</c>, or else by the separator that
    /// parts the header into the columns asked for.
    /// </summary>
    [StringLength(1, MinimumLength = 1)]
    public string? Delimiter { get; init; }

    /// <summary>Whether numbers are written with a decimal comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Name of the text encoding, such as <c>windows-1252</c>; null for UTF-8, or what a byte order mark tells.</summary>
    public string? Encoding { get; init; }

    /// <summary>Lines below the header that are passed over, such as one with units.</summary>
    [Range(0, 100)]
    public int LinesAfterHeader { get; init; }

    /// <summary>What an empty line between rows means.</summary>
    public BlankLineRule BlankLines { get; init; }
}

/// <summary>What an empty line between rows means.</summary>
public enum BlankLineRule
{
    /// <summary>Nothing where rows have time stamps; else it is refused, because it may end a recording.</summary>
    Refuse,

    /// <summary>It ends a recording.</summary>
    End,

    /// <summary>Nothing.</summary>
    Skip,
}
