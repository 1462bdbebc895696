using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>
/// The sensor's clock is off: its samples lie closer or further apart than the rate says. The signal is interpolated linearly about the
/// middle of the window; what a slow clock would take from outside the window repeats its first or last sample.
/// </summary>
/// <param name="Part">How much faster the clock runs, as a part of the rate; negative for slower.</param>
public sealed record RateError(double Part)
    : Perturbation("rate error", FormattableString.Invariant($"{Part * 100:+0.##;-0.##} %"))
{
    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        int width = windows.Channels.Count;
        return window => Resample(window, width);
    }

    private void Resample(double[] window, int width)
    {
        double[] source = (double[])window.Clone();
        int last = (window.Length / width) - 1;
        for (int sample = 0; sample <= last; sample++)
        {
            double position = Math.Clamp((last / 2.0) + ((sample - (last / 2.0)) / (1 + Part)), 0, last);
            int before = (int)position;
            int after = Math.Min(before + 1, last);
            for (int channel = 0; channel < width; channel++)
            {
                double value = source[(before * width) + channel];
                window[(sample * width) + channel] = value + ((source[(after * width) + channel] - value) * (position - before));
            }
        }
    }
}
