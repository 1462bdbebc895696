namespace NanoFormer.Model;

/// <summary>Products of two activations (NUMERICS.md, section 3.4), as attention and attention pooling have them.</summary>
public static class MatrixProduct
{
    /// <summary>int8 <c>[R][K]</c> times int8 <c>[N][K]</c>, given transposed, to int8 <c>[R][N]</c>.</summary>
    public static void Compute(ReadOnlySpan<sbyte> left, int leftZeroPoint, ReadOnlySpan<sbyte> right, int rightZeroPoint,
        int inner, FixedMultiplier multiplier, int zeroPoint, Span<sbyte> output)
    {
        int columns = right.Length / inner;
        for (int i = 0; i < output.Length; i++)
        {
            var a = left.Slice(i / columns * inner, inner);
            var b = right.Slice(i % columns * inner, inner);
            int accumulator = 0;
            for (int k = 0; k < a.Length; k++)
            {
                accumulator += (a[k] - leftZeroPoint) * (b[k] - rightZeroPoint);
            }

            output[i] = FixedPoint.Store(FixedPoint.Requantize(accumulator, multiplier), zeroPoint, ClampRange.Full);
        }
    }

    internal static sbyte[] Transpose(ReadOnlySpan<sbyte> matrix, int columns)
    {
        sbyte[] result = new sbyte[matrix.Length];
        int rows = matrix.Length / columns;
        for (int i = 0; i < result.Length; i++)
        {
            result[i % columns * rows + i / columns] = matrix[i];
        }

        return result;
    }
}
