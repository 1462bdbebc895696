namespace NanoFormer.Training.Quantizing;

/// <summary>Ways to take the range of an activation from values it was seen to have.</summary>
internal static class RangeEstimators
{
    private const int Bins = 1024;
    private const int Levels = 255;
    private const int Candidates = 40;
    private const double SmallestPart = 0.3;

    public static Func<Tensor, ActivationRange> Of(QuantizationOptions options) => options.Calibration switch
    {
        CalibrationKind.Percentile => values => Percentile(values, options.Percentile),
        CalibrationKind.Mse => LeastSquares,
        CalibrationKind.MinMax => MinMax,
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Calibration, "No estimator is known."),
    };

    public static ActivationRange MinMax(Tensor values) => new(values.min().item<float>(), values.max().item<float>());

    /// <summary>The range that leaves out as many values on either side.</summary>
    public static ActivationRange Percentile(Tensor values, double percent)
    {
        float[] sorted = StraightThrough.Values(values);
        Array.Sort(sorted);
        int outside = (int)(sorted.Length * (100 - percent) / 200);
        return new ActivationRange(sorted[outside], sorted[^(outside + 1)]);
    }

    /// <summary>Of ever narrower parts of the whole range the one with the least mean squared error of rounding and clipping.</summary>
    public static ActivationRange LeastSquares(Tensor values)
    {
        var whole = MinMax(values);
        if (whole.High - whole.Low <= 0)
        {
            return whole;
        }

        int[] counts = Histogram(StraightThrough.Values(values), whole);
        return Enumerable.Range(0, Candidates)
            .Select(i => 1 - (1 - SmallestPart) * i / Candidates)
            .Select(part => new ActivationRange(whole.Low * (whole.Low < 0 ? part : 1), whole.High * (whole.High > 0 ? part : 1)))
            .MinBy(range => Error(counts, whole, range));
    }

    private static int[] Histogram(float[] values, ActivationRange whole)
    {
        int[] counts = new int[Bins];
        foreach (float value in values)
        {
            counts[(int)Math.Min((value - whole.Low) / (whole.High - whole.Low) * Bins, Bins - 1)]++;
        }

        return counts;
    }

    private static double Error(int[] counts, ActivationRange whole, ActivationRange range)
    {
        double step = (Math.Max(range.High, 0) - Math.Min(range.Low, 0)) / Levels;
        double width = (whole.High - whole.Low) / counts.Length;
        double error = 0;
        foreach (var (bin, count) in counts.Index())
        {
            double value = whole.Low + (bin + 0.5) * width;
            double clipped = Math.Max(Math.Max(value - range.High, range.Low - value), 0);
            error += count * (clipped > 0 ? clipped * clipped : step * step / 12);
        }

        return error;
    }
}
