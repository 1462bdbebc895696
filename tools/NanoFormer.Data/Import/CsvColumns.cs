namespace NanoFormer.Data.Import;

/// <summary>Where the columns that were asked for stand in a file.</summary>
/// <param name="Width">Columns of the header.</param>
/// <param name="Values">Of each channel.</param>
/// <param name="Names">Of all columns, for messages.</param>
/// <param name="Time">Of the time stamp; null without.</param>
/// <param name="TimeUnitSeconds">Seconds in one unit of the time stamp.</param>
/// <param name="Label">Of the class name; null without.</param>
/// <param name="Subject">Of the subject; null without.</param>
/// <param name="Recording">Of the session; null without.</param>
internal sealed record CsvColumns(
    int Width, int[] Values, string[] Names, int? Time, double TimeUnitSeconds, int? Label, int? Subject, int? Recording)
{
    /// <summary>Finds the columns; null, and a finding for each that is missing, when the file lacks some.</summary>
    public static CsvColumns? Find(string[] header, string file, CsvSourceOptions options, FindingLog log)
    {
        string?[] optional = [options.TimeColumn, options.LabelColumn, options.SubjectColumn, options.RecordingColumn];
        var missing = options.Channels.Select(c => c.Name).Concat(optional.OfType<string>()).Except(header).ToArray();
        foreach (var column in missing)
        {
            log.Add(FindingKind.MissingColumn, FindingOutcome.Refused,
                $"{file}, line 1: no column '{column}' among {string.Join(", ", header)}");
        }
        int? IndexOf(string? column) => column is null ? null : Array.IndexOf(header, column);
        return missing.Length > 0
            ? null
            : new CsvColumns(
                header.Length,
                [.. options.Channels.Select(c => Array.IndexOf(header, c.Name))],
                header,
                IndexOf(options.TimeColumn),
                options.TimeUnitSeconds,
                IndexOf(options.LabelColumn),
                IndexOf(options.SubjectColumn),
                IndexOf(options.RecordingColumn));
    }
}
