using System.Numerics;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// How TensorFlow Lite's kernels make fixed-point multipliers from the float scales of a file: what an exporter must foresee to have them
/// come out as in an image.
/// </summary>
internal static class TfliteArithmetic
{
    private const double Relu6Clip = 6;

    /// <summary>Of a channel of a convolution: the product and the quotient in double.</summary>
    public static FixedMultiplier Convolution(float input, float weight, float output) =>
        FixedMultiplier.FromReal((double)input * weight / output);

    /// <summary>Of a BATCH_MATMUL: the product is rounded to a float before the division.</summary>
    public static FixedMultiplier MatMul(float first, float second, float output) =>
        FixedMultiplier.FromReal((double)(first * second) / output);

    /// <summary>Of a SOFTMAX: the scale of its exponents.</summary>
    public static FixedMultiplier Softmax(float beta, float input) => ExponentialTable.ToFixedScale((double)beta * input);

    /// <summary>Of a QUANTIZE from int8 to int8, and of a MEAN before it divides by the number of rows.</summary>
    public static FixedMultiplier Rescale(float input, float output) => FixedMultiplier.FromReal((double)input / output);

    /// <summary>Of a MEAN over rows, from that of the ratio of the scales.</summary>
    public static FixedMultiplier Mean(FixedMultiplier ratio, int rows)
    {
        int shift = Math.Min(BitOperations.Log2((uint)rows), 31 + ratio.Shift);
        return new FixedMultiplier((int)(((long)ratio.Mantissa << shift) / rows), ratio.Shift - shift);
    }

    /// <summary>The three multipliers of an ADD.</summary>
    public static (FixedMultiplier First, FixedMultiplier Second, FixedMultiplier Output) Add(float first, float second, float output)
    {
        double twiceGreater = 2.0 * Math.Max(first, second);
        return (
            FixedMultiplier.FromReal(first / twiceGreater),
            FixedMultiplier.FromReal(second / twiceGreater),
            FixedMultiplier.FromReal(twiceGreater / ((1 << 20) * (double)output)));
    }

    /// <summary>The fused non-linearity that cuts to a range; null when none does.</summary>
    public static TfliteActivation? Activation(ClampRange clamp, float scale, int zeroPoint)
    {
        if (clamp == ClampRange.Full)
        {
            return TfliteActivation.None;
        }

        if (clamp.Low != zeroPoint)
        {
            return null;
        }

        if (clamp.High == sbyte.MaxValue)
        {
            return TfliteActivation.Relu;
        }

        double six = zeroPoint + Math.Round((float)Relu6Clip / scale, MidpointRounding.AwayFromZero);
        return clamp.High == six ? TfliteActivation.Relu6 : null;
    }
}
