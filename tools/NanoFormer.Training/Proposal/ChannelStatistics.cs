using NanoFormer.Data;

namespace NanoFormer.Training.Proposal;

/// <summary>What is usual on each channel of some windows, in physical units.</summary>
/// <param name="Middles">Median.</param>
/// <param name="Highest">The absolute distance from a middle (its own, or 0) that all but one value in a thousand stay below.</param>
/// <param name="Spreads">Median, over the windows, of the standard deviation within one.</param>
/// <param name="QuietSpreads">The same of the quiet windows: one in four is quieter.</param>
public sealed record ChannelStatistics(
    IReadOnlyList<double> Middles, IReadOnlyList<double> Highest, IReadOnlyList<double> Spreads, IReadOnlyList<double> QuietSpreads)
{
    private const double Rare = 0.999;
    private const int MostValues = 200_000; // of a channel, evenly taken out of all

    /// <summary>Measures windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="isCentred">Whether each channel is measured from its middle, in place of 0.</param>
    public static ChannelStatistics Of(WindowSet windows, bool isCentred = false)
    {
        int channels = windows.Channels.Count;
        var (middles, highest, spreads, quiet) = (new double[channels], new double[channels], new double[channels], new double[channels]);
        for (int channel = 0; channel < channels; channel++)
        {
            double scale = windows.Channels[channel].Scale;
            int step = Math.Max(1, windows.Samples.Length / channels / MostValues);
            double[] values = [.. Enumerable.Range(0, windows.Samples.Length / channels / step).Select(i => windows.Samples[(i * step * channels) + channel] * scale).Order()];
            double middle = middles[channel] = values[values.Length / 2];
            double[] sizes = [.. values.Select(value => Math.Abs(value - (isCentred ? middle : 0))).Order()];
            highest[channel] = sizes[(int)(Rare * (sizes.Length - 1))];
            double[] deviations = [.. Enumerable.Range(0, windows.Count).Select(i => Mean(windows.Window(i), channel, channels).Deviation * scale).Order()];
            spreads[channel] = deviations[deviations.Length / 2];
            quiet[channel] = deviations[deviations.Length / 4];
        }

        return new ChannelStatistics(middles, highest, spreads, quiet);
    }

    /// <summary>
    /// The angle that nine of ten windows stay below, between the mean acceleration of a window and that of all, in degrees: a few for a
    /// sensor that is screwed to a machine, many for one that people wear.
    /// </summary>
    /// <param name="windows">The windows.</param>
    /// <param name="triad">The axes of an accelerometer.</param>
    public static double Tilt(WindowSet windows, IReadOnlyList<int> triad)
    {
        int channels = windows.Channels.Count;
        double[][] means = [.. Enumerable.Range(0, windows.Count)
            .Select(i => triad.Select(channel => Mean(windows.Window(i), channel, channels).Mean * windows.Channels[channel].Scale).ToArray())];
        double[] usual = [.. triad.Select((_, axis) => means.Average(mean => mean[axis]))];
        double[] angles = [.. means.Select(mean => Angle(mean, usual)).Order()];
        return angles[angles.Length * 9 / 10] * 180 / Math.PI;
    }

    private static double Angle(double[] a, double[] b)
    {
        double sizes = Math.Sqrt(a.Sum(value => value * value) * b.Sum(value => value * value));
        return sizes == 0 ? Math.PI : Math.Acos(Math.Clamp(a.Zip(b, (x, y) => x * y).Sum() / sizes, -1, 1));
    }

    private static (double Mean, double Deviation) Mean(ReadOnlySpan<short> window, int channel, int channels)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        for (int i = channel; i < window.Length; i += channels)
        {
            sum += window[i];
            squares += (double)window[i] * window[i];
            count++;
        }

        double mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))));
    }
}
