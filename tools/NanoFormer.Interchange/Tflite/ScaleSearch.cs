using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// Finds the float scales of which TensorFlow Lite makes given multipliers. A multiplier has 31 bits and a float 24, so one float alone
/// meets an arbitrary multiplier once in some hundred tries; two that are free meet it after as many.
/// </summary>
internal static class ScaleSearch
{
    /// <summary>
    /// How many floats on either side are tried where a scale may change a little: so few that it changes by less than 1 in 2^9, and no
    /// int8
    /// value would be another one if it were rescaled.
    /// </summary>
    private const int Reach = 1 << 14;

    /// <summary>How many floats are tried where a scale may be any.</summary>
    private const int Tries = 1 << 22;

    private const int MantissaBits = 23;
    private const int MultiplierBits = 31;

    /// <summary>Results below 2^-32 become 0; a weight scale so far down does.</summary>
    private const int VanishingExponent = -40;

    /// <summary>The float that is exactly a tensor's scale; null when none is.</summary>
    public static float? Exact(FixedMultiplier scale)
    {
        double real = scale.ToReal();
        return real > 0 && (float)real == real ? (float)real : null;
    }

    /// <summary>The scales of a layer's weights, one for each multiplier; null when floats do not give them.</summary>
    public static float[]? Weights(float input, ReadOnlySpan<FixedMultiplier> multipliers, float output)
    {
        if (Weight(input, multipliers[0], output) is null)
        {
            return null;
        }

        float[] scales = new float[multipliers.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            if (Weight(input, multipliers[i], output) is not { } scale)
            {
                return null;
            }

            scales[i] = scale;
        }

        return scales;
    }

    /// <summary>
    /// The scale, between 1 and 2, of a tensor that an image does not tell, of which the multipliers of the layer before it come. Null when
    /// there is none.
    /// </summary>
    public static ProjectionScales? Projection(float input, FixedMultiplier[] multipliers)
    {
        double real = Real(multipliers[0]);
        for (int mantissa = 0; mantissa < 1 << MantissaBits; mantissa++)
        {
            float candidate = BitConverter.Int32BitsToSingle((127 << MantissaBits) | mantissa);
            if (IsNear(input, (float)(real * candidate / input), candidate, real) && Weights(input, multipliers, candidate) is { } weights)
            {
                return new ProjectionScales(candidate, weights);
            }
        }

        return null;
    }

    /// <summary>
    /// A scale near <paramref name="first"/>, and one for the result, of which a BATCH_MATMUL with <paramref name="second"/> makes a
    /// multiplier.
    /// </summary>
    public static (float First, float Output)? Product(float first, float second, FixedMultiplier multiplier)
    {
        foreach (float candidate in Around(first))
        {
            float output = (float)(candidate * second / multiplier.ToReal());
            if (TfliteArithmetic.MatMul(candidate, second, output) == multiplier)
            {
                return (candidate, output);
            }
        }

        return null;
    }

    /// <summary>A scale near <paramref name="input"/>, and what a softmax multiplies it with to have exponents of a given scale.</summary>
    public static (float Input, float Beta)? Exponents(float input, FixedMultiplier softmax)
    {
        foreach (float candidate in Around(input))
        {
            if (Beta(candidate, softmax) is { } beta)
            {
                return (candidate, beta);
            }
        }

        return null;
    }

    /// <summary>
    /// A scale for the result of a layer of one output, of which come the layer's multiplier and the scale of a softmax behind it.
    /// </summary>
    public static (float Weight, float Output, float Beta)? Pool(float input, FixedMultiplier multiplier, FixedMultiplier softmax)
    {
        float output = (float)softmax.ToReal();
        for (int i = 0; i < Tries; i++, output = MathF.BitIncrement(output))
        {
            if (Weight(input, multiplier, output) is { } weight && Beta(output, softmax) is { } beta)
            {
                return (weight, output, beta);
            }
        }

        return null;
    }

    /// <summary>What a softmax must multiply its input of a scale with to have exponents of another.</summary>
    public static float? Beta(float input, FixedMultiplier softmax)
    {
        float beta = (float)(softmax.ToReal() / input);
        return beta > 0 && TfliteArithmetic.Softmax(beta, input) == softmax ? beta : null;
    }

    private static float? Weight(float input, FixedMultiplier multiplier, float output)
    {
        double real = Real(multiplier);
        float scale = (float)(real * output / input);
        return IsNear(input, scale, output, real) && float.IsNormal(scale)
            && TfliteArithmetic.Convolution(input, scale, output) == multiplier
            ? scale
            : null;
    }

    private static double Real(FixedMultiplier multiplier) =>
        multiplier.Mantissa == 0 ? Math.ScaleB(1, VanishingExponent) : multiplier.ToReal();

    /// <summary>Whether a multiplier comes out within twice its last bit: a test that passes over most floats at once.</summary>
    private static bool IsNear(float input, float weight, float output, double real) =>
        Math.Abs((double)input * weight / output - real) <= real * (1.0 / (1 << (MultiplierBits - 1)));

    /// <summary>Floats from the nearest on.</summary>
    private static IEnumerable<float> Around(float center)
    {
        int bits = BitConverter.SingleToInt32Bits(center);
        for (int i = 0; i <= Reach; i++)
        {
            yield return BitConverter.Int32BitsToSingle(bits + i);
            yield return BitConverter.Int32BitsToSingle(bits - i);
        }
    }
}
