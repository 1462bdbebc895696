using System.Text.RegularExpressions;
using NanoFormer.Runtime;

namespace NanoFormer.Data.Import;

/// <summary>
/// Reads recordings out of a device's serial log (firmware/LOG-FORMAT.md): a record <c>collect</c> begins one, <c>samples</c> hold its
/// values, <c>collected</c> ends it. Other records, and text that is none, are passed over.
/// </summary>
public sealed partial class CollectLog
{
    private readonly RepairOptions _repairs;
    private readonly FindingLog _log;
    private readonly SourcePlace _place;
    private readonly string? _label;
    private readonly string? _subject;
    private readonly List<SourceRecording> _done = [];
    private CollectedRecording? _current;
    private int _line;

    private CollectLog(string name, RepairOptions repairs, FindingLog log, string? label, string? subject)
    {
        _place = new SourcePlace(name, "line");
        _repairs = repairs;
        _log = log;
        _label = label;
        _subject = subject;
    }

    /// <summary>Reads a log.</summary>
    /// <param name="text">The log, as it came from the serial port.</param>
    /// <param name="name">Name of the file, for messages and recording names.</param>
    /// <param name="repairs">Tells whether damaged lines are left out; where samples are missing a recording is cut.</param>
    /// <param name="log">Gets damaged lines, lost samples, and recordings whose names are not those given.</param>
    /// <param name="label">The class of recordings of which the log names none; null to leave those unlabelled.</param>
    /// <param name="subject">Who was recorded, where the log does not say; null when nobody knows.</param>
    public static IReadOnlyList<SourceRecording> Read(
        TextReader text, string name, RepairOptions repairs, FindingLog log, string? label = null, string? subject = null)
    {
        var reader = new CollectLog(name, repairs, log, label, subject);
        while (text.ReadLine() is { } line)
        {
            reader._line++;
            // A line end that was lost in transfer, or a restart in mid-line, leaves two records in a line.
            foreach (var part in RecordStart().Split(line))
            {
                reader.Add(part);
            }
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
        if (LogLine.Parse(text) is not { } record)
        {
            if (LikeRecord().IsMatch(text))
            {
                AddFault(_line, "the checksum is wrong");
            }
            return;
        }
        switch (record.Kind)
        {
            case "boot":
                End();
                break;
            case "collect":
                End();
                Describe(record);
                break;
            case "samples":
                Recording(record).Add(_line, record);
                break;
            case "collected":
                Describe(record);
                End(record.Number("samples", 0));
                break;
        }
    }

    /// <summary>The recording that a record belongs to; a new one where the line that began it is missing.</summary>
    private CollectedRecording Recording(LogLine record)
    {
        var number = record.Number("rec", -1);
        if (_current?.Number != number)
        {
            End();
        }
        return _current ??= new CollectedRecording(number);
    }

    private void Describe(LogLine record)
    {
        if (!Recording(record).TryDescribe(record))
        {
            AddFault(_line, "describes a recording without a rate, or with channels that are not NAME:UNIT:MANTISSA:SHIFT");
        }
    }

    private void End(long samples = 0)
    {
        if (_current is { } ended)
        {
            Keep(ended, samples);
        }
        _current = null;
    }

    private void Keep(CollectedRecording recording, long count)
    {
        var samples = Samples(recording, count);
        if (samples.Count == 0)
        {
            return;
        }
        var label = NameOf(recording, "label", recording.Label, _label);
        _done.Add(new SourceRecording
        {
            Source = FormattableString.Invariant($"{_place.File}/{_done.Count + 1}"),
            Place = _place,
            Subject = NameOf(recording, "subject", recording.Subject, _subject) ?? "",
            RateHz = recording.RateHz,
            HasLabels = label is not null,
            Channels = recording.Channels,
            Samples = [.. samples.Select(sample => sample with { Label = label ?? "" })],
        });
    }

    /// <summary>What the user names, unless the log names something else that is to stay.</summary>
    private string? NameOf(CollectedRecording recording, string what, string? logged, string? told)
    {
        if (string.IsNullOrEmpty(told))
        {
            return logged;
        }
        if (!string.IsNullOrEmpty(logged) && logged != told)
        {
            _log.Add(FindingKind.OtherName, _repairs.ReplaceLoggedNames,
                FormattableString.Invariant($"{_place.File}, recording {recording.Number}: its {what} is '{logged}', not '{told}'"));
        }
        return told;
    }

    private List<SourceSample> Samples(CollectedRecording recording, long count)
    {
        var samples = new List<SourceSample>();
        long next = 0;
        foreach (var line in recording.Lines)
        {
            if (!recording.IsDescribed)
            {
                AddFault(line.Line, "samples of a recording of which neither beginning nor end is in the log");
                continue;
            }
            if (line.First < next || line.Values(recording.Channels.Count) is not { } values)
            {
                AddFault(line.Line, "samples that were there already, or are not whole");
                continue;
            }
            NoteLoss(line.Line, line.First - next);
            var followsLoss = line.First > next && samples.Count > 0;
            foreach (var sample in values.Chunk(recording.Channels.Count))
            {
                double[] physical = [.. sample.Select((value, channel) => value * recording.Channels[channel].Scale!.Value)];
                samples.Add(new SourceSample(line.Line, 0, physical, "", followsLoss));
                followsLoss = false;
            }
            next = line.First + (values.Length / recording.Channels.Count);
        }
        NoteLoss(_line, count - next);
        return samples;
    }

    private void NoteLoss(int line, long samples)
    {
        if (samples > 0)
        {
            _log.Add(FindingKind.LostSamples, FindingOutcome.Noted, FormattableString.Invariant(
                $"{_place.Of(line)}: {samples} samples before it are not in the log"), (int)Math.Min(samples, int.MaxValue));
        }
    }

    private void AddFault(int line, string problem) =>
        _log.Add(FindingKind.BadRow, _repairs.DropBadRows, $"{_place.Of(line)}: {problem}");

    /// <summary>Where a record begins within a line.</summary>
    [GeneratedRegex($"(?={LogLine.Tag} )")]
    private static partial Regex RecordStart();

    /// <summary>Text that begins as a record does, or ends as one does.</summary>
    [GeneratedRegex($@"^{LogLine.Tag} | \*[0-9A-F]{{4}}$")]
    private static partial Regex LikeRecord();
}
