using NanoFormer.Data.Import;

namespace NanoFormer.Data;

/// <summary>
/// Reads recordings from CSV files that are in order: as <see cref="RecordingImport"/> does, but the first fault is an exception.
/// </summary>
public static class CsvRecordings
{
    private static readonly RepairOptions NoRepairs = new();

    /// <summary>Reads a file, or all of a folder. Gaps in time and changes of the subject part them into several recordings.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">Where values are.</param>
    /// <param name="note">Told, a sentence each, what is no fault but to be known; null to be spared.</param>
    /// <exception cref="DataException">A file or a column is missing, or a field cannot be used; the message names line and
    /// column.</exception>
    public static IReadOnlyList<Recording> Read(string path, CsvSourceOptions options, Action<string>? note = null)
    {
        RequireTime(path, options);
        using var spool = new SampleSpool();
        var log = new FindingLog();
        var sources = SourceFiles.Find(path, RecordingFormat.Csv.Extensions)
            .SelectMany(file => CsvSource.Read(file.Path, file.Name, options, NoRepairs, log, spool)).ToArray();
        return Import(sources, options, log, note);
    }

    /// <summary>Reads CSV text; <paramref name="name"/> stands for the file in messages and recording names.</summary>
    /// <inheritdoc cref="Read(string, CsvSourceOptions, Action{string})"/>
    public static IReadOnlyList<Recording> Read(TextReader text, string name, CsvSourceOptions options)
    {
        RequireTime(name, options);
        using var spool = new SampleSpool();
        var log = new FindingLog();
        return Import(CsvSource.Read(text, name, options, NoRepairs, log, spool), options, log, note: null);
    }

    private static void RequireTime(string name, CsvSourceOptions options)
    {
        if (options.TimeColumn is null && options.RateHz is null)
        {
            throw new DataException(DataError.MissingColumn, $"{name}: needs a time column or a rate.");
        }
    }

    private static IReadOnlyList<Recording> Import(IReadOnlyList<SourceRecording> sources, CsvSourceOptions options, FindingLog log, Action<string>? note)
    {
        var result = RecordingImport.Run(sources, NoRepairs, log, options.GapPeriods);
        foreach (var finding in note is null ? [] : result.Findings.Where(finding => finding.Outcome == FindingOutcome.Noted))
        {
            note!(finding.Count == 1 ? $"{finding.Examples[0]}." : FormattableString.Invariant($"{finding.Examples[0]}; {finding.Count} of the kind."));
        }

        return result.Findings.FirstOrDefault(finding => finding.Outcome == FindingOutcome.Refused) is { } fault
            ? throw new DataException(ErrorOf(fault.Kind), $"{fault.Examples[0]}.")
            : result.Recordings;
    }

    private static DataError ErrorOf(FindingKind kind) => kind switch
    {
        FindingKind.MissingColumn => DataError.MissingColumn,
        FindingKind.NoSamples => DataError.WrongLength,
        FindingKind.MixedRates => DataError.Incompatible,
        _ => DataError.BadField,
    };
}
