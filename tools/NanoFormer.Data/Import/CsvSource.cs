using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace NanoFormer.Data.Import;

/// <summary>Reads a CSV file with a header line; numbers use the decimal point.</summary>
public static class CsvSource
{
    /// <summary>Reads a file. A new recording begins where the subject or the session changes.</summary>
    /// <exception cref="DataException"><see cref="DataError.MissingFile"/>: the file is not there.</exception>
    public static IReadOnlyList<SourceRecording> Read(
        string path, string name, CsvSourceOptions options, RepairOptions repairs, FindingLog log)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(text, name, options, repairs, log);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(DataError.MissingFile, $"{path}: not found.", fault);
        }
    }

    /// <summary>Reads CSV text; <paramref name="name"/> stands for the file in messages and recording names.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="options">The columns.</param>
    /// <param name="repairs">Tells whether rows that cannot be read are left out.</param>
    /// <param name="log">Gets what is wrong with the file.</param>
    public static IReadOnlyList<SourceRecording> Read(
        TextReader text, string name, CsvSourceOptions options, RepairOptions repairs, FindingLog log)
    {
        var quotes = new QuoteFault();
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = options.Delimiter,
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = false, // the row reader passes over them, and so knows which line it is on
            MissingFieldFound = null,
            BadDataFound = _ => quotes.Seen = true,
        };
        using var csv = new CsvReader(text, configuration);
        if (!csv.Read() || !csv.ReadHeader())
        {
            log.Add(FindingKind.MissingColumn, FindingOutcome.Refused, $"{name}: has no header line");
            return [];
        }
        if (CsvColumns.Find(csv.HeaderRecord!, name, options, log) is not { } columns)
        {
            return [];
        }
        var rows = Rows(new CsvRowReader(csv, columns, new SourcePlace(name, "line"), quotes), repairs, log);
        if (rows.Count == 0 && !log.All.Any(finding => finding is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Refused }))
        {
            log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{name}: holds no samples");
        }
        return [.. Runs(rows).Select(run => ToRecording(run, name, options))];
    }

    private static List<CsvRow> Rows(CsvRowReader reader, RepairOptions repairs, FindingLog log)
    {
        var rows = new List<CsvRow>();
        var followsLoss = false;
        while (reader.Next())
        {
            if (reader.TryRead(out var row, out var fault))
            {
                rows.Add(row with { Sample = row.Sample with { FollowsLoss = followsLoss } });
                followsLoss = false;
                continue;
            }
            log.Add(FindingKind.BadRow, repairs.DropBadRows, fault, reader.LineCount);
            followsLoss = true;
        }
        return rows;
    }

    private static IEnumerable<List<CsvRow>> Runs(List<CsvRow> rows)
    {
        var run = new List<CsvRow>();
        foreach (var row in rows)
        {
            if (run.Count > 0 && (row.Subject != run[^1].Subject || row.Recording != run[^1].Recording))
            {
                yield return run;
                run = [];
            }
            run.Add(row);
        }
        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static SourceRecording ToRecording(List<CsvRow> rows, string name, CsvSourceOptions options) => new()
    {
        Source = string.Join('/', new[] { name, options.SubjectColumn is null ? "" : rows[0].Subject, rows[0].Recording }
            .Where(part => part.Length > 0)),
        Place = new SourcePlace(name, "line"),
        Subject = options.SubjectColumn is null ? options.Subject : rows[0].Subject,
        RateHz = options.RateHz,
        HasTimes = options.TimeColumn is not null,
        HasLabels = options.LabelColumn is not null || options.Label is not null,
        Channels = options.Channels,
        Samples = [.. rows.Select(row => options.Label is null ? row.Sample : row.Sample with { Label = options.Label })],
    };
}
