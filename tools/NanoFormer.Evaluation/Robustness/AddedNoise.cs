using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>White Gaussian noise on every sample.</summary>
/// <param name="Decibels">Signal-to-noise ratio: the variance of each channel over all windows against that of the noise.</param>
/// <param name="Seed">Seed of the noise.</param>
public sealed record AddedNoise(double Decibels, int Seed)
    : Perturbation(Kind, FormattableString.Invariant($"SNR {Decibels:0.##} dB"))
{
    /// <summary>Name of this perturbation.</summary>
    public const string Kind = "noise";

    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        var random = new Random(Seed);
        int width = windows.Channels.Count;
        double part = Math.Pow(10, -Decibels / 20);
        double[] deviations = Enumerable.Range(0, width).Select(channel => part * Deviation(windows, channel)).ToArray();
        return window =>
        {
            for (int i = 0; i < window.Length; i++)
            {
                window[i] += deviations[i % width] * NextGaussian(random);
            }
        };
    }

    private static double Deviation(WindowSet windows, int channel)
    {
        int width = windows.Channels.Count;
        int count = windows.Samples.Length / width;
        var (sum, squares) = (0.0, 0.0);
        for (int i = channel; i < windows.Samples.Length; i += width)
        {
            double value = windows.Samples[i];
            sum += value;
            squares += value * value;
        }

        double mean = sum / count;
        return Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))) * windows.Channels[channel].Scale;
    }

    // Box and Muller's transform; 1 - u lies in (0, 1].
    private static double NextGaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
