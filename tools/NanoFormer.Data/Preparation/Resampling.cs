using NanoFormer.Data.Import;

namespace NanoFormer.Data.Preparation;

/// <summary>
/// Changes sample rates: band-limited interpolation by a sinc under a Hann window, whose cutoff lies below half the lower of the two
/// rates, so that nothing folds back. (J. O. Smith, Digital Audio Resampling, CCRMA.)
/// </summary>
public static class Resampling
{
    private const int ZeroCrossings = 16;  // of the sinc on each side
    private const double Passband = 0.92;  // of half the lower rate; the window's transition ends near that half
    private const double SameRate = 1e-9;
    private const double HighestRate = 1e6;      // Hz
    private const double HighestRatio = 100;     // of the new rate to the old one

    /// <summary>A recording at another rate; labels are those of the nearest sample.</summary>
    /// <param name="recording">The recording; it is not changed.</param>
    /// <param name="rateHz">The new rate.</param>
    /// <param name="clipped">How many values overshot int16 and were saturated.</param>
    public static Recording Run(Recording recording, double rateHz, out int clipped)
    {
        RequireRate(recording.RateHz, rateHz);
        int width = recording.Channels.Count;
        int[] nearest = Nearest(recording.SampleCount, recording.RateHz, rateHz);
        short[] samples = new short[nearest.Length * width];
        clipped = 0;
        for (int channel = 0; channel < width; channel++)
        {
            double[] input = [.. Enumerable.Range(0, recording.SampleCount).Select(i => (double)recording.Samples[(i * width) + channel])];
            double[] output = Run(input, recording.RateHz, rateHz);
            for (int i = 0; i < output.Length; i++)
            {
                double value = Math.Round(output[i], MidpointRounding.AwayFromZero);
                clipped += value is < short.MinValue or > short.MaxValue ? 1 : 0;
                samples[(i * width) + channel] = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
            }
        }

        int[]? labels = recording.Labels is { } old ? [.. nearest.Select(i => old[i])] : null;
        return recording.With(rateHz: rateHz, samples: samples, labels: labels);
    }

    /// <summary>Evenly spaced samples at another rate, one by one; what is not a value goes with the nearest sample.</summary>
    internal static IEnumerable<SourceSample> Run(IEnumerable<SourceSample> samples, int count, double fromHz, double toHz)
    {
        RequireRate(fromHz, toHz);
        return IsSame(fromHz, toHz) ? samples : Interpolated(samples, count, fromHz, toHz);
    }

    /// <summary>Refuses rates that no sensor has, and those that would fill a disk with samples that hold nothing new.</summary>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>.</exception>
    public static void RequireRate(double fromHz, double toHz)
    {
        if (!(toHz > 0) || toHz > HighestRate || toHz > HighestRatio * fromHz)
        {
            throw new DataException(DataError.BadOption, FormattableString.Invariant(
                $"A rate of {toHz} Hz: write one above 0, up to {HighestRate:0} Hz and {HighestRatio:0} times the {fromHz:0.####} Hz ")
                + "of the recordings.");
        }
    }

    private static IEnumerable<SourceSample> Interpolated(IEnumerable<SourceSample> samples, int count, double fromHz, double toHz)
    {
        using var source = samples.GetEnumerator();
        double cutoff = Math.Min(1, toHz / fromHz) * Passband; // of half the input's rate
        double reach = ZeroCrossings / cutoff;
        var near = new List<SourceSample>();
        int first = 0; // index of the oldest sample that is kept
        int total = Count(count, fromHz, toHz);
        for (int i = 0; i < total; i++)
        {
            double position = i * (fromHz / toHz);
            int begin = Math.Max(0, (int)Math.Ceiling(position - reach));
            int end = Math.Min(count - 1, (int)Math.Floor(position + reach));
            int nearest = Math.Min(count - 1, (int)Math.Round(position));
            if (begin - first > near.Count / 2)
            {
                near.RemoveRange(0, begin - first);
                first = begin;
            }

            while (first + near.Count <= Math.Max(end, nearest) && source.MoveNext())
            {
                near.Add(source.Current);
            }

            double[] values = new double[near[0].Values.Length];
            double weights = 0;
            for (int j = begin; j <= end; j++)
            {
                double weight = Weight(j - position, cutoff, reach);
                weights += weight;
                for (int channel = 0; channel < values.Length; channel++)
                {
                    values[channel] += weight * near[j - first].Values[channel];
                }
            }

            for (int channel = 0; channel < values.Length; channel++)
            {
                values[channel] /= weights;
            }

            yield return near[nearest - first] with { Values = values };
        }
    }

    /// <summary>An evenly sampled signal at another rate; the first sample stays where it is in time.</summary>
    public static double[] Run(double[] input, double fromHz, double toHz)
    {
        if (IsSame(fromHz, toHz))
        {
            return input;
        }

        double[] output = new double[Count(input.Length, fromHz, toHz)];
        double cutoff = Math.Min(1, toHz / fromHz) * Passband; // of half the input's rate
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = At(input, i * (fromHz / toHz), cutoff);
        }

        return output;
    }

    /// <summary>For each sample at the new rate, the index of the nearest old one.</summary>
    internal static int[] Nearest(int count, double fromHz, double toHz) => IsSame(fromHz, toHz)
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, Count(count, fromHz, toHz)).Select(i => Math.Min(count - 1, (int)Math.Round(i * (fromHz / toHz))))];

    private static bool IsSame(double fromHz, double toHz) => Math.Abs(fromHz - toHz) <= SameRate * toHz;

    private static int Count(int count, double fromHz, double toHz) =>
        count == 0 ? 0 : (int)Math.Floor(((count - 1) * (toHz / fromHz)) + SameRate) + 1;

    /// <summary>
    /// The band-limited signal between its samples. The weights are divided by their sum, which keeps levels up to the ends.
    /// </summary>
    private static double At(double[] input, double position, double cutoff)
    {
        double reach = ZeroCrossings / cutoff;
        int begin = Math.Max(0, (int)Math.Ceiling(position - reach));
        int end = Math.Min(input.Length - 1, (int)Math.Floor(position + reach));
        double sum = 0;
        double weights = 0;
        for (int i = begin; i <= end; i++)
        {
            double weight = Weight(i - position, cutoff, reach);
            sum += weight * input[i];
            weights += weight;
        }

        return sum / weights;
    }

    private static double Weight(double distance, double cutoff, double reach) =>
        Sinc(cutoff * distance) * (0.5 + (0.5 * Math.Cos(Math.PI * distance / reach)));

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
