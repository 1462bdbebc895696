using System.Globalization;
using CsvHelper;

namespace NanoFormer.Data;

/// <summary>Reads recordings from a CSV file with a header line; numbers use the decimal point.</summary>
public static class CsvRecordings
{
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
        var rows = ReadRows(text, name, options);
        if (rows.Count == 0)
        {
            throw new DataException(DataError.WrongLength, $"{name}: holds no samples.");
        }
        var rate = options.RateHz ?? MedianRate(rows, name);
        var classNames = rows.Select(r => r.Label).Where(l => l.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        return [.. Runs(rows, rate, options).Select((run, i) => ToRecording(run, $"{name}#{i + 1}", rate, classNames, options))];
    }

    private static List<CsvSample> ReadRows(TextReader text, string name, CsvRecordingOptions options)
    {
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        var fields = new CsvFields(csv, name);
        var columns = options.Channels.Select(c => fields.Column(c.Name)).ToArray();
        var time = fields.OptionalColumn(options.TimeColumn);
        var label = fields.OptionalColumn(options.LabelColumn);
        var subject = fields.OptionalColumn(options.SubjectColumn);
        var rows = new List<CsvSample>();
        while (fields.NextLine())
        {
            var seconds = time is null ? 0 : fields.Number(time.Value) * options.TimeUnitSeconds;
            if (time is not null && rows.Count > 0 && fields.Text(subject) == rows[^1].Subject && seconds <= rows[^1].Seconds)
            {
                throw fields.Fault(time.Value, "time does not advance");
            }
            var values = columns.Zip(options.Channels, (column, channel) => fields.Int16(column, channel.Scale)).ToArray();
            rows.Add(new CsvSample(seconds, values, fields.Text(label), fields.Text(subject)));
        }
        return rows;
    }

    private static double MedianRate(List<CsvSample> rows, string name)
    {
        var steps = rows.Zip(rows.Skip(1), (a, b) => b.Seconds - a.Seconds).Where(step => step > 0).Order().ToArray();
        return steps.Length > 0
            ? 1 / steps[steps.Length / 2]
            : throw new DataException(DataError.WrongLength, $"{name}: one sample does not give a rate.");
    }

    private static IEnumerable<List<CsvSample>> Runs(List<CsvSample> rows, double rate, CsvRecordingOptions options)
    {
        var run = new List<CsvSample> { rows[0] };
        foreach (var row in rows.Skip(1))
        {
            var gap = options.TimeColumn is not null && row.Seconds - run[^1].Seconds > options.GapPeriods / rate;
            if (gap || row.Subject != run[^1].Subject)
            {
                yield return run;
                run = [];
            }
            run.Add(row);
        }
        yield return run;
    }

    private static Recording ToRecording(
        List<CsvSample> rows, string name, double rate, string[] classNames, CsvRecordingOptions options) => new()
        {
            Name = name,
            Subject = rows[0].Subject,
            RateHz = rate,
            Channels = options.Channels,
            Samples = [.. rows.SelectMany(r => r.Values)],
            Labels = options.LabelColumn is null ? null : [.. rows.Select(r => Array.IndexOf(classNames, r.Label))],
            ClassNames = classNames,
        };

    private sealed record CsvSample(double Seconds, short[] Values, string Label, string Subject);
}
