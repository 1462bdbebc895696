using NanoFormer.Data;

namespace NanoFormer.Training.Proposal;

/// <summary>What is usual on each channel of some windows, in physical units.</summary>
/// <param name="Middles">Median.</param>
/// <param name="Highest">The absolute value that all but one in a thousand stay below.</param>
/// <param name="Spreads">Median, over the windows, of the standard deviation within one.</param>
public sealed record ChannelStatistics(IReadOnlyList<double> Middles, IReadOnlyList<double> Highest, IReadOnlyList<double> Spreads)
{
    private const double Rare = 0.999;
    private const int MostValues = 200_000; // of a channel, evenly taken out of all

    /// <summary>Measures windows.</summary>
    public static ChannelStatistics Of(WindowSet windows)
    {
        int channels = windows.Channels.Count;
        var (middles, highest, spreads) = (new double[channels], new double[channels], new double[channels]);
        for (int channel = 0; channel < channels; channel++)
        {
            double scale = windows.Channels[channel].Scale;
            int step = Math.Max(1, windows.Samples.Length / channels / MostValues);
            double[] values = [.. Enumerable.Range(0, windows.Samples.Length / channels / step).Select(i => windows.Samples[(i * step * channels) + channel] * scale).Order()];
            middles[channel] = values[values.Length / 2];
            double[] sizes = [.. values.Select(Math.Abs).Order()];
            highest[channel] = sizes[(int)(Rare * (sizes.Length - 1))];
            double[] deviations = [.. Enumerable.Range(0, windows.Count).Select(i => Deviation(windows.Window(i), channel, channels) * scale).Order()];
            spreads[channel] = deviations[deviations.Length / 2];
        }

        return new ChannelStatistics(middles, highest, spreads);
    }

    private static double Deviation(ReadOnlySpan<short> window, int channel, int channels)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        for (int i = channel; i < window.Length; i += channels)
        {
            sum += window[i];
            squares += (double)window[i] * window[i];
            count++;
        }

        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * sum / count)));
    }
}
