using System.Globalization;
using NanoFormer.Runtime;

namespace NanoFormer.Data.Import;

/// <summary>A recording while its lines are being read from a log; either of its first and its last line describes it.</summary>
internal sealed class CollectedRecording(long number)
{
    private readonly List<CollectedLine> _lines = [];

    /// <summary>The recording's number in the log.</summary>
    public long Number { get; } = number;

    /// <summary>Samples a second; 0 while unknown.</summary>
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

    /// <summary>Takes what <c>collect</c> or <c>collected</c> says; false without a rate, or with channels that are none.</summary>
    public bool TryDescribe(LogLine record)
    {
        var channels = (record.Text("channels") ?? "").Split(',').Select(ParseChannel).ToArray();
        var rate = record.Number("rate_millihertz", 0) / 1000.0;
        if (rate <= 0 || channels.Contains(null))
        {
            return false;
        }
        RateHz = rate;
        Channels = channels!;
        Label = record.Text("label");
        Subject = record.Text("subject") ?? "";
        return true;
    }

    /// <summary>Takes a record <c>samples</c>, whose values have a meaning once the recording is described.</summary>
    public void Add(int line, LogLine record) =>
        _lines.Add(new CollectedLine(line, record.Number("first", -1), record.Text("v") ?? ""));

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
