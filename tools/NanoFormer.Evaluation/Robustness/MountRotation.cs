using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>The board is mounted askew: all sensors with three axes are turned together, in every window about another axis.</summary>
/// <param name="Degrees">Angle of the turn.</param>
/// <param name="Triads">The channels x, y, z of each such sensor.</param>
/// <param name="Seed">Seed of the axes.</param>
public sealed record MountRotation(double Degrees, IReadOnlyList<IReadOnlyList<int>> Triads, int Seed)
    : Perturbation("mount rotation", FormattableString.Invariant($"{Degrees:0.##} degrees"))
{
    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        var random = new Random(Seed);
        int width = windows.Channels.Count;
        return window =>
        {
            double[,] matrix = Rotation(NextAxis(random), Degrees * Math.PI / 180);
            foreach (var triad in Triads)
            {
                Turn(window, width, triad, matrix);
            }
        };
    }

    private static void Turn(double[] window, int width, IReadOnlyList<int> triad, double[,] matrix)
    {
        for (int sample = 0; sample < window.Length; sample += width)
        {
            var (x, y, z) = (window[sample + triad[0]], window[sample + triad[1]], window[sample + triad[2]]);
            for (int row = 0; row < 3; row++)
            {
                window[sample + triad[row]] = (matrix[row, 0] * x) + (matrix[row, 1] * y) + (matrix[row, 2] * z);
            }
        }
    }

    /// <summary>A unit vector, all directions being equally likely.</summary>
    private static (double X, double Y, double Z) NextAxis(Random random)
    {
        double z = (2 * random.NextDouble()) - 1;
        var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
        double radius = Math.Sqrt(1 - (z * z));
        return (radius * cosine, radius * sine, z);
    }

    /// <summary>Rodrigues' formula.</summary>
    private static double[,] Rotation((double X, double Y, double Z) axis, double angle)
    {
        var (x, y, z) = axis;
        var (s, c) = Math.SinCos(angle);
        double t = 1 - c;
        return new[,]
        {
            { c + (t * x * x), (t * x * y) - (s * z), (t * x * z) + (s * y) },
            { (t * x * y) + (s * z), c + (t * y * y), (t * y * z) - (s * x) },
            { (t * x * z) - (s * y), (t * y * z) + (s * x), c + (t * z * z) },
        };
    }
}
