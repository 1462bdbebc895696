using System.Numerics;

namespace NanoFormer.Board;

/// <summary>A seeded stream of normally distributed numbers (Box-Muller).</summary>
internal sealed class GaussianNoise(int seed)
{
    private readonly Random _random = new(seed);
    private double _spare;
    private bool _hasSpare;

    /// <summary>The next number of mean 0 and standard deviation 1.</summary>
    public double Next()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
        _spare = radius * sine;
        _hasSpare = true;
        return radius * cosine;
    }

    /// <summary>Three independent numbers of a given standard deviation.</summary>
    public Vector3 NextVector(float deviation) => new Vector3((float)Next(), (float)Next(), (float)Next()) * deviation;
}
