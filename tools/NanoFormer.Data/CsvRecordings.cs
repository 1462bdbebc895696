using NanoFormer.Data.Import;

namespace NanoFormer.Data;

/// <summary>
/// Reads recordings from a CSV file that is in order: the first fault is an exception. <see cref="RecordingImport"/> repairs.
/// </summary>
public static class CsvRecordings
{
    private static readonly RepairOptions NoRepairs = new();

    /// <summary>Reads a file. Gaps in the time column and changes of the subject part it into several recordings.</summary>
    /// <exception cref="DataException">The file or a column is missing, or a field cannot be used; the message names line and
    /// column.</exception>
    public static IReadOnlyList<Recording> Read(string path, CsvRecordingOptions options)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(text, Path.GetFileName(path), options);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(DataError.MissingFile, $"{path}: not found.", fault);
        }
    }

    /// <summary>Reads CSV text; <paramref name="name"/> stands for the file in messages and recording names.</summary>
    /// <inheritdoc cref="Read(string, CsvRecordingOptions)"/>
    public static IReadOnlyList<Recording> Read(TextReader text, string name, CsvRecordingOptions options)
    {
        if (options.TimeColumn is null && options.RateHz is null)
        {
            throw new DataException(DataError.MissingColumn, $"{name}: needs a time column or a rate.");
        }
        var log = new FindingLog();
        var sources = CsvSource.Read(text, name, ToSource(options), NoRepairs, log);
        var pieces = sources.SelectMany(source => RecordingImport.Clean(source, NoRepairs, log, options.GapPeriods)).ToArray();
        var rate = RateAgreement.Settle(pieces, NoRepairs, log);
        var recordings = Quantizer.ToRecordings(pieces, rate, NoRepairs, log);
        return log.All.FirstOrDefault(finding => finding.Outcome == FindingOutcome.Refused) is { } fault
            ? throw new DataException(ErrorOf(fault.Kind), $"{fault.Examples[0]}.")
            : recordings;
    }

    private static CsvSourceOptions ToSource(CsvRecordingOptions options) => new()
    {
        Channels = [.. options.Channels.Select(channel => new SourceChannel(channel.Name, channel.Unit, channel.Scale))],
        TimeColumn = options.TimeColumn,
        TimeUnitSeconds = options.TimeUnitSeconds,
        RateHz = options.RateHz,
        LabelColumn = options.LabelColumn,
        SubjectColumn = options.SubjectColumn,
    };

    private static DataError ErrorOf(FindingKind kind) => kind switch
    {
        FindingKind.MissingColumn => DataError.MissingColumn,
        FindingKind.NoSamples => DataError.WrongLength,
        FindingKind.MixedRates => DataError.Incompatible,
        _ => DataError.BadField,
    };
}
