namespace NanoFormer.Data.Discovery;

/// <summary>
/// An accelerometer whose converter knows no negative numbers: without acceleration it shows about half of its range. At rest its numbers
/// lie on a sphere around that zero, whose radius is one g.
/// </summary>
/// <param name="Zero">What each axis shows without acceleration.</param>
/// <param name="OneG">The radius.</param>
internal sealed record UnsignedCounts(double[] Zero, double OneG)
{
    private const int Rows = 8;
    private const int FewestStretches = 20;
    private const double CalmPart = 0.5;
    private const double Tolerance = 0.12; // of the radius, of the calm stretches' distance from the sphere
    private const double LeastTurn = 0.15; // of the radius, to each side
    private const int Rounds = 3;

    /// <summary>Fits the sphere; null where numbers have a sign or a fraction, or the sensor never turned.</summary>
    /// <param name="files">Three axes of each file.</param>
    public static UnsignedCounts? Find(IReadOnlyList<IReadOnlyList<TableColumn>> files)
    {
        if (files.Any(file => file.Count != 3 || file.Any(column => !column.IsWhole || column.Numbers.Any(number => number < 0))))
        {
            return null;
        }

        var stretches = files.SelectMany(Stretches).OrderBy(stretch => stretch.Range).ToArray();
        double[][] calm = [.. stretches.Take((int)(CalmPart * stretches.Length)).Select(stretch => stretch.Mean)];
        for (int round = 0; round < Rounds && calm.Length >= FewestStretches; round++)
        {
            if (Sphere(calm) is not var (zero, radius) || zero.Any(value => value <= radius / 2))
            {
                return null;
            }

            double[] far = [.. calm.Select(point => Math.Abs(Distance(point, zero) / radius - 1))];
            if (round == Rounds - 1)
            {
                return Statistics.Median(far) <= Tolerance && Enumerable.Range(0, 3).All(axis => Deviation([.. calm.Select(point => point[axis])]) >= LeastTurn * radius)
                    ? new UnsignedCounts(zero, radius)
                    : null;
            }

            double limit = Statistics.Quantile(far, 0.8); // steady movement is no rest
            calm = [.. calm.Where((_, i) => far[i] <= limit)];
        }

        return null;
    }

    private static IEnumerable<(double[] Mean, double Range)> Stretches(IReadOnlyList<TableColumn> axes) =>
        Enumerable.Range(0, axes[0].Numbers.Length / Rows).Select(i => axes.Select(axis => axis.Numbers[(i * Rows)..((i + 1) * Rows)]).ToArray())
            .Where(stretch => stretch.All(axis => Array.TrueForAll(axis, double.IsFinite)))
            .Select(stretch => (stretch.Select(axis => axis.Average()).ToArray(), stretch.Max(axis => axis.Max() - axis.Min())));

    /// <summary>The sphere nearest to some points: |p|^2 = 2 p.c + (r^2 - |c|^2) by least squares; null when they lie in a plane.</summary>
    private static (double[] Centre, double Radius)? Sphere(double[][] points)
    {
        double[] mean = [.. Enumerable.Range(0, 3).Select(axis => points.Average(point => point[axis]))];
        double[,] sums = new double[4, 5];
        foreach (double[] point in points)
        {
            double[] row = [.. point.Select((value, axis) => value - mean[axis]), 1];
            double square = row[..3].Sum(value => value * value);
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    sums[i, j] += row[i] * row[j];
                }

                sums[i, 4] += row[i] * square;
            }
        }

        if (Solve(sums) is not { } solution)
        {
            return null;
        }

        double[] half = [.. solution[..3].Select(value => value / 2)];
        double radius = Math.Sqrt(solution[3] + half.Sum(value => value * value));
        return radius > 0 ? ([.. half.Zip(mean, (value, middle) => value + middle)], radius) : null;
    }

    /// <summary>Solves linear equations by elimination; null when they do not tell every unknown.</summary>
    private static double[]? Solve(double[,] rows)
    {
        int count = rows.GetLength(0);
        for (int column = 0; column < count; column++)
        {
            int pivot = Enumerable.Range(column, count - column).MaxBy(row => Math.Abs(rows[row, column]));
            if (Math.Abs(rows[pivot, column]) < 1e-9)
            {
                return null;
            }

            for (int j = 0; j <= count; j++)
            {
                (rows[column, j], rows[pivot, j]) = (rows[pivot, j], rows[column, j]);
            }

            foreach (int row in Enumerable.Range(0, count).Where(row => row != column))
            {
                double factor = rows[row, column] / rows[column, column];
                for (int j = column; j <= count; j++)
                {
                    rows[row, j] -= factor * rows[column, j];
                }
            }
        }

        return [.. Enumerable.Range(0, count).Select(row => rows[row, count] / rows[row, row])];
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());

    private static double Deviation(double[] values) => values.Average() is var mean ? Math.Sqrt(values.Average(value => (value - mean) * (value - mean))) : 0;
}
