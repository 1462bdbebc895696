using System.Globalization;

namespace NanoFormer.Data.Import;

/// <summary>Stores physical values in int16 steps.</summary>
internal sealed class Quantizer(IReadOnlyList<ChannelInfo> channels, IReadOnlyList<ValueRange> ranges, RepairOptions repairs, FindingLog log)
{
    /// <summary>The steps of each channel: those stated, or the finest power of two in which all values but errors fit.</summary>
    public static ChannelInfo[] ChannelsOf(
        IReadOnlyList<SourceChannel> channels, IReadOnlyList<ValueRange> ranges, RepairOptions repairs) =>
        [.. channels.Zip(ranges, (channel, range) => new ChannelInfo(channel.Name, channel.Unit, channel.Scale
            ?? FittingScale(repairs.Outliers == OutlierRepair.Keep ? range.Largest : range.LargestWithin)))];

    /// <summary>The smallest power of two in steps of which a magnitude fits int16; 1 for a magnitude of 0.</summary>
    public static double FittingScale(double magnitude)
    {
        if (!(magnitude > 0))
        {
            return 1;
        }

        int exponent = Math.ILogB(magnitude / short.MaxValue);
        return Math.ScaleB(1, magnitude > short.MaxValue * Math.ScaleB(1, exponent) ? exponent + 1 : exponent);
    }

    /// <summary>The values of a sample in steps, rounded to the nearest, halves away from zero.</summary>
    public void Store(SourcePlace place, in SourceSample sample, Span<short> steps)
    {
        for (int i = 0; i < channels.Count; i++)
        {
            double value = Math.Round(sample.Values[i] / channels[i].Scale, MidpointRounding.AwayFromZero);
            if (value is < short.MinValue or > short.MaxValue)
            {
                Tell(place, sample, i);
            }

            steps[i] = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
        }
    }

    private void Tell(SourcePlace place, in SourceSample sample, int channel)
    {
        double physical = sample.Values[channel];
        if (Math.Abs(physical) > ranges[channel].Limit && repairs.Outliers != OutlierRepair.Keep)
        {
            log.Add(FindingKind.Outlier, repairs.Outliers == OutlierRepair.Clip, string.Create(CultureInfo.InvariantCulture,
                $"{place.Of(sample.Number, channels[channel].Name)}: {physical:0.######}, the others reach {ranges[channel].LargestWithin:0.######}"));
            return;
        }

        log.Add(FindingKind.OutOfRange, repairs.ClipOutOfRange, string.Create(CultureInfo.InvariantCulture,
            $"{place.Of(sample.Number, channels[channel].Name)}: '{physical}' does not fit int16 in steps of {channels[channel].Scale}"));
    }
}
