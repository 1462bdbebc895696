using System.Globalization;
using NanoFormer.Logs;

namespace NanoFormer.Data.Import;

/// <summary>A recording while its lines are being read from a log; either of its first and its last line describes it.</summary>
internal sealed class CollectedRecording(long number)
{
    /// <summary>By so much a line may lag behind its samples: a full FIFO, a slow port, retries of the bus.</summary>
    private const double LongestLagSeconds = 10;

    private readonly List<CollectedLine> _lines = [];
    private string? _named;

    /// <summary>The recording's number in the log.</summary>
    public long Number { get; } = number;

    /// <summary>Samples per second; 0 while unknown.</summary>
    public double RateHz { get; private set; }

    /// <summary>The channels; empty while unknown.</summary>
    public IReadOnlyList<SourceChannel> Channels { get; private set; } = [];

    /// <summary>The class of all samples; null without one.</summary>
    public string? Label { get; private set; }

    /// <summary>Who was recorded; empty when unknown.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Whether a line has told what the values are.</summary>
    public bool IsDescribed => RateHz > 0;

    /// <summary>The lines with samples, as they came.</summary>
    public IReadOnlyList<CollectedLine> Lines => _lines;

    /// <summary>Why the lines cannot all be of one recording; null when they can.</summary>
    public string? Contradiction => _named ?? Jump();

    /// <summary>All that two readings of the same recording have in common.</summary>
    public string Content => string.Join('\n', _lines.Select(line => FormattableString.Invariant($"{line.TimeMilliseconds} {line.First} {line.Digits}"))
        .Prepend(FormattableString.Invariant($"{Number} {RateHz} {Label} {Subject}")));

    /// <summary>Takes what <c>collect</c> or <c>collected</c> says; false without a rate, or with channels that are none.</summary>
    public bool TryDescribe(LogRecord record)
    {
        var channels = (record.String("channels"u8) ?? "").Split(',').Select(ParseChannel).ToArray();
        double rate = record.Number("rate_millihertz"u8) / 1000.0;
        if (rate <= 0 || channels.Contains(null))
        {
            return false;
        }

        var (label, subject) = (record.String("label"u8), record.String("subject"u8) ?? "");
        if (IsDescribed && (label, subject, rate) != (Label, Subject, RateHz))
        {
            _named = $"it begins as {NameOf(Label, Subject, RateHz)} and ends as {NameOf(label, subject, rate)}";
        }
        else if (IsDescribed && !channels.SequenceEqual(Channels))
        {
            _named = "its end names other channels than its beginning";
        }

        RateHz = rate;
        Channels = channels!;
        Label = label;
        Subject = subject;
        return true;
    }

    /// <summary>Takes a record <c>samples</c>, whose values have a meaning once the recording is described.</summary>
    public void Add(LogRecord record) => _lines.Add(new CollectedLine(
        (int)Math.Min(record.Line, int.MaxValue), record.Number("first"u8, -1), record.String("v"u8) ?? "", record.TimeMilliseconds));

    /// <summary>Where time goes on by more than the samples between can explain.</summary>
    private string? Jump()
    {
        for (int i = 1; i < _lines.Count && IsDescribed; i++)
        {
            var (before, after) = (_lines[i - 1], _lines[i]);
            double seconds = (after.TimeMilliseconds - before.TimeMilliseconds) / 1000.0;
            if (seconds > ((after.First - before.First) / RateHz) + LongestLagSeconds)
            {
                return FormattableString.Invariant(
                    $"in line {after.Line} the device's time jumps by {seconds:F0} s over {after.First - before.First} samples");
            }
        }

        return null;
    }

    private static string NameOf(string? label, string subject, double rate) =>
        FormattableString.Invariant($"'{label}' of '{subject}' at {rate} Hz");

    /// <summary>A channel <c>NAME:UNIT:MANTISSA:SHIFT</c>, one step of which is MANTISSA / 2^SHIFT units; null when it is none.</summary>
    private static SourceChannel? ParseChannel(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 4
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long mantissa) && mantissa > 0
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out int shift) && shift < 64
            ? new SourceChannel(parts[0], parts[1], Math.ScaleB(mantissa, -shift))
            : null;
    }
}
