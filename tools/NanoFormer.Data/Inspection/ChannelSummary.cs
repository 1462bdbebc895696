namespace NanoFormer.Data.Inspection;

/// <summary>The values of one channel over a whole data set, in its unit.</summary>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Scale">Units of one int16 step.</param>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Root of the mean squared difference from the mean.</param>
/// <param name="Saturated">
/// Samples that stay at the lowest or the highest value for at least five in a row, as those of a sensor at its limit do.
/// </param>
public sealed record ChannelSummary(
    string Name, string Unit, double Scale, double Min, double Max, double Mean, double StandardDeviation, long Saturated)
{
    private const int Plateau = 5;

    /// <summary>Summarises a channel.</summary>
    public static ChannelSummary Of(IReadOnlyList<Recording> recordings, int channel)
    {
        var info = recordings[0].Channels[channel];
        var (count, low, high) = (0L, short.MaxValue, short.MinValue);
        double sum = 0;
        double squares = 0;
        foreach (var recording in recordings)
        {
            for (int i = channel; i < recording.Samples.Length; i += recording.Channels.Count)
            {
                var value = recording.Samples[i];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
                sum += value;
                squares += (double)value * value;
                count++;
            }
        }
        if (count == 0)
        {
            return new ChannelSummary(info.Name, info.Unit, info.Scale, 0, 0, 0, 0, 0);
        }
        var mean = sum / count;
        var deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        return new ChannelSummary(
            info.Name, info.Unit, info.Scale, low * info.Scale, high * info.Scale, mean * info.Scale, deviation * info.Scale,
            recordings.Sum(recording => CountSaturated(recording, channel, low, high)));
    }

    private static long CountSaturated(Recording recording, int channel, short low, short high)
    {
        long saturated = 0;
        var run = 0;
        for (int i = channel; i < recording.Samples.Length; i += recording.Channels.Count)
        {
            var value = recording.Samples[i];
            var isRepeated = run > 0 && value == recording.Samples[i - recording.Channels.Count];
            run = value != low && value != high ? 0 : isRepeated ? run + 1 : 1;
            saturated += run == Plateau ? Plateau : run > Plateau ? 1 : 0;
        }
        return saturated;
    }
}
