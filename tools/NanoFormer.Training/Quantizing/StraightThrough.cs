using static TorchSharp.torch;

namespace NanoFormer.Training.Quantizing;

/// <summary>Gives real values the value that the device computes, and their gradient the way past the rounding.</summary>
internal static class StraightThrough
{
    /// <summary>The values of <paramref name="steps"/>; the gradient of <paramref name="real"/> where that was not clipped.</summary>
    public static Tensor Apply(Tensor real, sbyte[] steps, Quantization quantization, ClampRange clamp)
    {
        var (scale, zeroPoint) = quantization;
        float[] exact = new float[steps.Length];
        for (int i = 0; i < exact.Length; i++)
        {
            exact[i] = (float)(scale * (steps[i] - zeroPoint));
        }

        var limited = real.clamp(scale * (clamp.Low - zeroPoint), scale * (clamp.High - zeroPoint));
        return limited + (tensor(exact, real.shape) - limited).detach();
    }

    /// <summary>The values of a tensor, row-major.</summary>
    public static float[] Values(Tensor tensor)
    {
        using var plain = tensor.detach().contiguous();
        return plain.data<float>().ToArray();
    }

    /// <summary>Real values that are multiples of units, as whole numbers.</summary>
    /// <param name="real">The values, row-major, with as many columns as <paramref name="units"/>.</param>
    /// <param name="units">The real value of 1 in each column.</param>
    public static int[] Whole(float[] real, double[] units) =>
        [.. real.Select((value, i) => (int)Math.Round(value / units[i % units.Length]))];

    /// <summary>Sums of products as the device rounds them.</summary>
    /// <param name="sums">Whole numbers, row-major, with as many columns as <paramref name="units"/>.</param>
    /// <param name="units">The real value of 1 in each column.</param>
    /// <param name="output">Scale and zero point of the result.</param>
    /// <param name="clamp">Limits of the result.</param>
    public static sbyte[] Requantize(int[] sums, double[] units, Quantization output, ClampRange clamp)
    {
        FixedMultiplier[] multipliers = [.. units.Select(unit => FixedMultiplier.FromReal(unit / output.Scale))];
        sbyte[] steps = new sbyte[sums.Length];
        for (int row = 0; row < sums.Length; row += units.Length)
        {
            for (int column = 0; column < units.Length; column++)
            {
                int rounded = FixedPoint.Requantize(sums[row + column], multipliers[column]);
                steps[row + column] = FixedPoint.Store(rounded, output.ZeroPoint, clamp);
            }
        }

        return steps;
    }
}
