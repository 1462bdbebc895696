using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Evaluation.Opponents;

/// <summary>
/// Features that people who know the field compute of a window by hand: statistics in time and a spectrum, of every channel and of the
/// magnitude of every sensor with three axes.
/// </summary>
public static class WindowFeatures
{
    private const int Bands = 8;

    /// <summary>A row of features for each window, float <c>[windows][features]</c>.</summary>
    public static float[][] Of(WindowSet windows)
    {
        var triads = AxisTriads.Find(windows.Channels);
        return [.. Enumerable.Range(0, windows.Count).Select(i => Of(windows, windows.Window(i), triads))];
    }

    private static float[] Of(WindowSet windows, ReadOnlySpan<short> window, IReadOnlyList<IReadOnlyList<int>> triads)
    {
        int channels = windows.Channels.Count;
        var signals = new List<double[]>(channels + triads.Count);
        for (int channel = 0; channel < channels; channel++)
        {
            double[] signal = new double[windows.WindowSamples];
            for (int i = 0; i < signal.Length; i++)
            {
                signal[i] = window[(i * channels) + channel] * windows.Channels[channel].Scale;
            }

            signals.Add(signal);
        }

        foreach (var triad in triads)
        {
            var (x, y, z) = (signals[triad[0]], signals[triad[1]], signals[triad[2]]);
            signals.Add([.. x.Select((value, i) => Math.Sqrt((value * value) + (y[i] * y[i]) + (z[i] * z[i])))]);
        }

        var features = new List<float>();
        foreach (double[] signal in signals)
        {
            AddTime(features, signal);
            AddSpectrum(features, signal);
        }

        foreach (var triad in triads)
        {
            features.Add((float)Correlation(signals[triad[0]], signals[triad[1]]));
            features.Add((float)Correlation(signals[triad[0]], signals[triad[2]]));
            features.Add((float)Correlation(signals[triad[1]], signals[triad[2]]));
        }

        return [.. features];
    }

    private static void AddTime(List<float> features, double[] signal)
    {
        double[] sorted = signal.Order().ToArray();
        double mean = signal.Average();
        var (squares, cubes, fourths, steps, crossings) = (0.0, 0.0, 0.0, 0.0, 0);
        for (int i = 0; i < signal.Length; i++)
        {
            double off = signal[i] - mean;
            squares += off * off;
            cubes += off * off * off;
            fourths += off * off * off * off;
            if (i > 0)
            {
                steps += Math.Abs(signal[i] - signal[i - 1]);
                crossings += off >= 0 != signal[i - 1] - mean >= 0 ? 1 : 0;
            }
        }

        double deviation = Math.Sqrt(squares / signal.Length);
        double unit = Math.Max(deviation, 1e-9);
        double[] all =
        [
            mean, deviation, sorted[0], sorted[^1], sorted[^1] - sorted[0], sorted[signal.Length / 2],
            sorted[signal.Length * 3 / 4] - sorted[signal.Length / 4], sorted[signal.Length / 10], sorted[signal.Length * 9 / 10],
            cubes / signal.Length / Math.Pow(unit, 3), fourths / signal.Length / Math.Pow(unit, 4),
            steps / signal.Length, (double)crossings / signal.Length,
        ];
        features.AddRange(all.Select(value => (float)value));
    }

    /// <summary>Energy in bands that double in width, the strongest frequency and its share, and the spectrum's entropy.</summary>
    private static void AddSpectrum(List<float> features, double[] signal)
    {
        double[] energies = Energies(signal);
        double total = Math.Max(energies.Sum(), 1e-12);
        int strongest = Array.IndexOf(energies, energies.Max());
        for (int band = 0; band < Bands; band++)
        {
            var (begin, end) = (energies.Length * band / Bands * band / Bands, energies.Length * (band + 1) / Bands * (band + 1) / Bands);
            features.Add((float)Math.Log(energies[Math.Min(begin, energies.Length - 1)..Math.Max(end, Math.Min(begin + 1, energies.Length))].Sum() + 1e-9));
        }

        features.Add((float)strongest / energies.Length);
        features.Add((float)(energies[strongest] / total));
        features.Add((float)-energies.Sum(energy => energy / total * Math.Log((energy / total) + 1e-12)));
    }

    /// <summary>Squared size of every frequency above zero, of the signal without its mean under a Hann window.</summary>
    private static double[] Energies(double[] signal)
    {
        int length = 1 << (int)Math.Ceiling(Math.Log2(Math.Max(4, signal.Length)));
        var (real, imaginary) = (new double[length], new double[length]);
        double mean = signal.Average();
        for (int i = 0; i < signal.Length; i++)
        {
            real[i] = (signal[i] - mean) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / signal.Length)));
        }

        Transform(real, imaginary);
        return [.. Enumerable.Range(1, length / 2).Select(k => ((real[k] * real[k]) + (imaginary[k] * imaginary[k])) / signal.Length)];
    }

    /// <summary>Fourier transform in place (Cooley and Tukey, 1965), of a power of two.</summary>
    private static void Transform(double[] real, double[] imaginary)
    {
        int length = real.Length;
        for (int i = 1, j = 0; i < length; i++)
        {
            int bit = length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (real[i], real[j], imaginary[i], imaginary[j]) = (real[j], real[i], imaginary[j], imaginary[i]);
            }
        }

        for (int size = 2; size <= length; size <<= 1)
        {
            for (int k = 0; k < size / 2; k++)
            {
                var (sin, cos) = Math.SinCos(-2 * Math.PI * k / size);
                for (int begin = k; begin < length; begin += size)
                {
                    int other = begin + (size / 2);
                    var (re, im) = ((real[other] * cos) - (imaginary[other] * sin), (real[other] * sin) + (imaginary[other] * cos));
                    (real[other], imaginary[other]) = (real[begin] - re, imaginary[begin] - im);
                    (real[begin], imaginary[begin]) = (real[begin] + re, imaginary[begin] + im);
                }
            }
        }
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (product, squaresA, squaresB) = (0.0, 1e-12, 1e-12);
        for (int i = 0; i < a.Length; i++)
        {
            product += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }

        return product / Math.Sqrt(squaresA * squaresB);
    }
}
