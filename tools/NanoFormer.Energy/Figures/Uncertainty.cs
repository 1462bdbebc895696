namespace NanoFormer.Energy.Figures;

/// <summary>
/// Uncertainty of a mean by the GUM: type A from the scatter, type B from limits of error, and the 95 % interval of both by propagating
/// their distributions (Supplement 1), since a rectangular one that dominates makes 1.96 standard deviations too many.
/// </summary>
public static class Uncertainty
{
    private const int Trials = 20_000;

    /// <summary>Standard deviation of the mean of values in the order in which they were taken; neighbours may share an idle stretch.</summary>
    /// <returns>NaN for fewer than two.</returns>
    public static double OfMean(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int n = values.Count;
        if (n < 2)
        {
            return double.NaN;
        }

        double mean = values.Average();
        double variance = 0, neighbours = 0;
        for (int i = 0; i < n; i++)
        {
            variance += (values[i] - mean) * (values[i] - mean);
            neighbours += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
        }

        variance /= n - 1;
        // The covariance of neighbours counts only where it is beyond chance.
        neighbours /= n - 1;
        return Math.Sqrt((variance + (neighbours > 2 * variance / Math.Sqrt(n) ? 2 * neighbours : 0)) / n);
    }

    /// <summary>Half of the 95 % interval of a sum: a t-distribution (type A) and rectangular ones (type B).</summary>
    /// <param name="typeA">Standard deviation of the mean.</param>
    /// <param name="degrees">Its degrees of freedom; at least 1.</param>
    /// <param name="limits">Half-widths of the rectangular distributions.</param>
    public static double HalfWidth95(double typeA, int degrees, IReadOnlyList<double> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var random = new Random(95);
        double[] sums = new double[Trials];
        for (int i = 0; i < Trials; i++)
        {
            double sum = typeA * Normal(random) / Math.Sqrt(ChiSquare(random, degrees) / degrees);
            foreach (double limit in limits)
            {
                sum += limit * ((2 * random.NextDouble()) - 1);
            }

            sums[i] = Math.Abs(sum);
        }

        Array.Sort(sums);
        return sums[(int)(0.95 * Trials)];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.</summary>
    private static double ChiSquare(Random random, int degrees)
    {
        if (degrees == 1)
        {
            double normal = Normal(random);
            return normal * normal;
        }

        double d = (degrees / 2.0) - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(random);
            double v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return 2 * d * v;
            }
        }
    }
}
