namespace NanoFormer.Emulator;

/// <summary>How much a window moves.</summary>
/// <remarks>
/// A window is still when the root of its summed variances over the channels that tell is within a limit. Variance does not see gravity,
/// so posture does not matter, and one knock weighs less than in a range.
/// </remarks>
internal static class Motion
{
    /// <summary>Sum over the channels of variance / limit^2, in thousandths, so that channels of different scale add up.</summary>
    /// <param name="window">[samples][channels].</param>
    /// <param name="limits">Per channel its limit in steps; 0 where it does not tell.</param>
    public static long Permille(short[] window, int[] limits)
    {
        int samples = window.Length / limits.Length;
        long sum = 0;
        for (int channel = 0; channel < limits.Length; channel++)
        {
            if (limits[channel] > 0)
            {
                long limit = (long)samples * limits[channel];
                sum += Thousandths(VarianceTimesSquare(window, channel, limits.Length), limit * limit);
            }
        }

        return sum;
    }

    // samples^2 * variance = samples * sum(x^2) - sum(x)^2, exact in integers.
    private static long VarianceTimesSquare(short[] window, int channel, int channels)
    {
        long sum = 0;
        long squares = 0;
        for (int i = channel; i < window.Length; i += channels)
        {
            sum += window[i];
            squares += window[i] * window[i];
        }

        return (window.Length / channels * squares) - (sum * sum);
    }

    // Without the product where it would not fit: the longest windows at full scale.
    private static long Thousandths(long part, long whole) =>
        part < long.MaxValue / 1000 ? part * 1000 / whole : part / whole * 1000;
}
