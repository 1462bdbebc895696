using System.Globalization;
using System.Text;
using NanoFormer.Logs;
using NanoFormer.Monitor.Live;

namespace NanoFormer.Cli.Monitor;

/// <summary>A line for each record and each finding, where there is no terminal for a table.</summary>
internal sealed class PlainLines(TextWriter output, Condition? filter, bool showRecords, bool showFindings) : ISessionSink
{
    private const int SameKindAtMost = 20;

    private readonly Dictionary<FindingKind, long> _told = [];
    private readonly HashSet<ErrorRemedy> _explained = [];

    public void Take(scoped in LogRecord record, Boot boot)
    {
        if (!showRecords || record.Kind is RecordKind.Head or RecordKind.Samples
            || (filter is not null && filter.Holds(record, boot.Device.Name) != true))
        {
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{boot.Device.Name}  {TimeText(record.TimeMilliseconds)}  {Say(record)}"));
        if (record.Kind is RecordKind.Error or RecordKind.Gap)
        {
            Explain(ErrorRemedies.Of(record));
        }
    }

    public void Take(Finding finding)
    {
        if (!showFindings)
        {
            return;
        }

        long told = _told[finding.Kind] = _told.GetValueOrDefault(finding.Kind) + 1;
        if (told > SameKindAtMost)
        {
            if (told == SameKindAtMost + 1)
            {
                output.WriteLine($"note: more of the kind {finding.Kind} are only counted");
            }

            return;
        }

        string place = finding.Line > 0 ? FormattableString.Invariant($"line {finding.Line}: ") : "";
        output.WriteLine($"{finding.Weight.ToString().ToLowerInvariant()}: {place}{finding.Text}");
        if (told == 1 && finding.Remedy is { } remedy)
        {
            output.WriteLine($"    {remedy}");
        }
    }

    // Once is enough.
    private void Explain(ErrorRemedy remedy)
    {
        if (_explained.Add(remedy))
        {
            output.WriteLine($"    {remedy.Meaning}");
            output.WriteLine($"    {remedy.Remedy}");
        }
    }

    public void Tell(string line) => output.WriteLine(line);

    public static string TimeText(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds).ToString(@"d\.hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)
        .TrimStart('0').TrimStart('.');

    private static string Say(LogRecord record) => record.Kind switch
    {
        RecordKind.Infer => string.Create(CultureInfo.InvariantCulture,
            $"{record.String("label"u8)} {record.Number("conf"u8) / 2.55:F0} %{(record.Number("score"u8, -1) is >= 0 and var score ? $" score {score}" : "")} {record.Number("latency_us"u8) / 1000.0:F1} ms"),
        RecordKind.Other => Encoding.ASCII.GetString(record.Text["nf1 ".Length..]),
        _ => Words(record),
    };

    private static string Words(LogRecord record)
    {
        var text = new StringBuilder(record.KindName);
        foreach (var field in record)
        {
            if (!field.StartsWith("seq="u8) && !field.StartsWith("t_ms="u8))
            {
                text.Append(' ').Append(Encoding.ASCII.GetString(field));
            }
        }

        return text.ToString();
    }
}
