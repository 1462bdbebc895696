namespace NanoFormer.Data.Import;

/// <summary>The sample rate that time stamps tell.</summary>
internal static class RateEstimate
{
    private const double RegularSteps = 1.5;

    /// <summary>
    /// The inverse of the mean step, over the steps up to one and a half times the median (longer ones are gaps); null for fewer
    /// than two samples. A mean, because stamps rounded to milliseconds have a median that is off by up to half a millisecond.
    /// </summary>
    public static double? Of(IReadOnlyList<SourceSample> samples)
    {
        var steps = samples.Zip(samples.Skip(1), (a, b) => b.Seconds - a.Seconds).Where(step => step > 0).Order().ToArray();
        if (steps.Length == 0)
        {
            return null;
        }
        var longest = RegularSteps * steps[steps.Length / 2];
        return 1 / steps.TakeWhile(step => step <= longest).Average();
    }

    /// <summary>The inverse of the mean step of samples without gaps; null for fewer than two samples.</summary>
    public static double? WithoutGaps(IReadOnlyList<SourceSample> samples) =>
        samples.Count > 1 ? (samples.Count - 1) / (samples[^1].Seconds - samples[0].Seconds) : null;

    /// <summary>A rate in five significant digits, which is finer than the clocks that the samples come from.</summary>
    public static double Round(double rate)
    {
        var digits = Math.Pow(10, 4 - Math.Floor(Math.Log10(rate)));
        return Math.Round(rate * digits) / digits;
    }
}
