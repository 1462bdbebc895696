using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>A sensor whose range is too small: values beyond it stick to its ends.</summary>
/// <param name="Part">The range, as a part of the largest magnitude that channels of the unit have in all windows.</param>
public sealed record Saturation(double Part)
    : Perturbation("saturation", FormattableString.Invariant($"{Part * 100:0.##} % of the peak"))
{
    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        double[] limits = windows.Channels.Select(channel => Part * Largest(windows, channel.Unit)).ToArray();
        return window =>
        {
            for (int i = 0; i < window.Length; i++)
            {
                double limit = limits[i % limits.Length];
                window[i] = Math.Clamp(window[i], -limit, limit);
            }
        };
    }

    private static double Largest(WindowSet windows, string unit)
    {
        var channels = windows.Channels;
        double largest = 0.0;
        for (int i = 0; i < windows.Samples.Length; i++)
        {
            var channel = channels[i % channels.Count];
            largest = channel.Unit == unit ? Math.Max(largest, Math.Abs(windows.Samples[i] * channel.Scale)) : largest;
        }

        return largest;
    }
}
