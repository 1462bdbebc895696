using System.Globalization;

namespace NanoFormer.Data.Import;

/// <summary>A recording while its lines are being read from a log.</summary>
internal sealed class CollectedRecording(long number, double rateHz, SourceChannel[] channels, string? label, string subject)
{
    private const int DigitsPerValue = 4;

    public long Number { get; } = number;

    public double RateHz { get; } = rateHz;

    public IReadOnlyList<SourceChannel> Channels { get; } = channels;

    public string? Label { get; } = label;

    public string Subject { get; } = subject;

    public List<SourceSample> Samples { get; } = [];

    /// <summary>Number of the sample that comes next when none is lost.</summary>
    public long Next { get; private set; }

    /// <summary>Reads whole samples of int16, each value as four hexadecimal digits of its two's complement.</summary>
    public bool TryParse(string digits, out short[] values)
    {
        values = new short[digits.Length / DigitsPerValue];
        if (digits.Length == 0 || digits.Length % (DigitsPerValue * Channels.Count) != 0)
        {
            return false;
        }
        for (int i = 0; i < values.Length; i++)
        {
            var value = digits.AsSpan(i * DigitsPerValue, DigitsPerValue);
            if (!ushort.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            {
                return false;
            }
            values[i] = (short)bits;
        }
        return true;
    }

    /// <summary>Adds the samples of a line.</summary>
    public void Add(int line, long first, short[] values)
    {
        var followsLoss = first > Next && Samples.Count > 0;
        foreach (var sample in values.Chunk(Channels.Count))
        {
            double[] physical = [.. sample.Select((value, channel) => value * Channels[channel].Scale!.Value)];
            Samples.Add(new SourceSample(line, 0, physical, Label ?? "", followsLoss));
            followsLoss = false;
        }
        Next = first + (values.Length / Channels.Count);
    }
}
