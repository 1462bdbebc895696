namespace NanoFormer.Model;

/// <summary>Smooth activation functions of real values, for lookup tables.</summary>
public static class Nonlinearity
{
    /// <summary>Beyond this many deviations the normal distribution is 0 or 1 in double precision.</summary>
    private const double NormalReach = 9;

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x) => Math.Tanh(x);

    /// <summary><c>x * sigmoid(x)</c>, also called swish.</summary>
    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    /// <summary><c>x * Phi(x)</c>, Phi being the distribution function of the standard normal; not its tanh approximation.</summary>
    public static double Gelu(double x) => x * NormalDistribution(x);

    /// <summary>By the series of Marsaglia, Evaluating the Normal Distribution, 2004.</summary>
    private static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > NormalReach)
        {
            return x > 0 ? 1 : 0;
        }

        double sum = 0;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2)
        {
            sum += term;
            term *= x * x / i;
        }

        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
