using System.Numerics;

namespace NanoFormer.Model;

/// <summary>Layer normalization of NUMERICS.md, section 3.11.</summary>
internal static class ReferenceNormalization
{
    /// <summary>Leading bits of the variance that its root is taken of: 31 or 32.</summary>
    private const int RootBits = 32;

    /// <summary>Every row of int8 <c>[R][C]</c>.</summary>
    public static void Run(LayerNorm norm, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int columns = norm.Output.Columns;
        for (int start = 0; start < input.Length; start += columns)
        {
            NormalizeRow(norm, input.Slice(start, columns), output.Slice(start, columns));
        }
    }

    private static void NormalizeRow(LayerNorm norm, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int sum = 0;
        foreach (sbyte value in input)
        {
            sum += value;
        }

        long variance = norm.Epsilon;
        foreach (sbyte value in input)
        {
            long difference = input.Length * value - sum;
            variance += difference * difference;
        }

        // The even power of two that leaves 31 or 32 bits.
        int bits = BitOperations.Log2((ulong)variance) + 1;
        int k = (bits - RootBits + 1) >> 1;
        uint root = FloorOfRoot((uint)(k >= 0 ? variance >> (2 * k) : variance << (-2 * k)));
        long reciprocal = (1L << 31) / root;
        var constants = new ChannelConstants(norm.ChannelConstants);
        ReadOnlySpan<sbyte> gains = norm.Weights.Int8Values;
        for (int c = 0; c < output.Length; c++)
        {
            long difference = input.Length * input[c] - sum;
            int normalized = (int)((difference * reciprocal + (1L << (k + 15))) >> (k + 16));
            int accumulator = constants.Biases[c] + normalized * gains[c];
            output[c] = FixedPoint.Store(
                FixedPoint.Requantize(accumulator, constants.Multiplier(c)), norm.Output.ZeroPoint, norm.Clamp);
        }
    }

    /// <summary>The root of a 32-bit number is exact enough in double precision to need at most one correction.</summary>
    private static uint FloorOfRoot(uint value)
    {
        ulong root = (ulong)Math.Sqrt(value);
        while (root * root > value)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= value)
        {
            root++;
        }

        return (uint)root;
    }
}
