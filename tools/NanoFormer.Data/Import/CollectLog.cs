using System.Globalization;
using NanoFormer.Runtime;

namespace NanoFormer.Data.Import;

/// <summary>
/// Reads recordings out of a device's serial log (firmware/LOG-FORMAT.md): a record <c>collect</c> begins one, <c>samples</c> hold its
/// values, <c>collected</c> ends it. Other records, and text that is none, are passed over.
/// </summary>
public sealed class CollectLog
{
    private readonly RepairOptions _repairs;
    private readonly FindingLog _log;
    private readonly SourcePlace _place;
    private readonly List<SourceRecording> _done = [];
    private CollectedRecording? _current;
    private int _line;

    private CollectLog(string name, RepairOptions repairs, FindingLog log)
    {
        _place = new SourcePlace(name, "line");
        _repairs = repairs;
        _log = log;
    }

    /// <summary>Reads a log.</summary>
    /// <param name="text">The log, as it came from the serial port.</param>
    /// <param name="name">Name of the file, for messages and recording names.</param>
    /// <param name="repairs">Tells whether damaged lines are left out; where samples are missing a recording is cut.</param>
    /// <param name="log">Gets damaged lines and lost samples.</param>
    public static IReadOnlyList<SourceRecording> Read(TextReader text, string name, RepairOptions repairs, FindingLog log)
    {
        var reader = new CollectLog(name, repairs, log);
        while (text.ReadLine() is { } line)
        {
            reader.Add(line);
        }
        reader.End();
        if (reader._done.Count == 0)
        {
            log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{name}: holds no 'collect' record with samples");
        }
        return reader._done;
    }

    private void Add(string text)
    {
        _line++;
        if (LogLine.Parse(text) is not { } line)
        {
            if (text.Contains(LogLine.Tag + " ", StringComparison.Ordinal))
            {
                AddFault("the checksum is wrong");
            }
            return;
        }
        switch (line.Kind)
        {
            case "collect":
                Begin(line);
                break;
            case "samples":
                AddSamples(line);
                break;
            case "collected":
                AddEnd(line);
                break;
        }
    }

    private void Begin(LogLine line)
    {
        End();
        var rate = line.Number("rate_millihertz", 0) / 1000.0;
        var channels = (line.Text("channels") ?? "").Split(',').Select(ParseChannel).ToArray();
        if (rate <= 0 || channels.Contains(null))
        {
            AddFault("begins a recording without a rate, or with channels that are not NAME:UNIT:MANTISSA:SHIFT");
            return;
        }
        _current = new CollectedRecording(line.Number("rec", -1), rate, channels!, line.Text("label"), line.Text("subject") ?? "");
    }

    private void AddSamples(LogLine line)
    {
        if (_current is not { } current || line.Number("rec", -1) != current.Number)
        {
            AddFault("samples of a recording whose beginning is not in the log");
            return;
        }
        var first = line.Number("first", -1);
        if (first < current.Next || !current.TryParse(line.Text("v") ?? "", out var values))
        {
            AddFault("samples that were there already, or are not whole");
            return;
        }
        NoteLoss(first - current.Next);
        current.Add(_line, first, values);
    }

    private void AddEnd(LogLine line)
    {
        if (_current is { } current && line.Number("rec", -1) == current.Number)
        {
            NoteLoss(line.Number("samples", current.Next) - current.Next);
        }
        End();
    }

    private void End()
    {
        if (_current is { Samples.Count: > 0 } current)
        {
            _done.Add(new SourceRecording
            {
                Source = string.Create(CultureInfo.InvariantCulture, $"{_place.File}/{_done.Count + 1}"),
                Place = _place,
                Subject = current.Subject,
                RateHz = current.RateHz,
                HasLabels = current.Label is not null,
                Channels = current.Channels,
                Samples = current.Samples,
            });
        }
        _current = null;
    }

    private void NoteLoss(long samples)
    {
        if (samples > 0)
        {
            _log.Add(FindingKind.LostSamples, FindingOutcome.Noted, FormattableString.Invariant(
                $"{_place.Of(_line)}: {samples} samples before it are not in the log"), (int)Math.Min(samples, int.MaxValue));
        }
    }

    private void AddFault(string problem) => _log.Add(FindingKind.BadRow, _repairs.DropBadRows, $"{_place.Of(_line)}: {problem}");

    /// <summary>A channel <c>NAME:UNIT:MANTISSA:SHIFT</c>, one step of which is MANTISSA / 2^SHIFT units; null when it is none.</summary>
    private static SourceChannel? ParseChannel(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 4
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var mantissa) && mantissa > 0
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var shift) && shift < 64
            ? new SourceChannel(parts[0], parts[1], Math.ScaleB(mantissa, -shift))
            : null;
    }
}
