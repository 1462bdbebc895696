namespace NanoFormer.Model;

/// <summary>The reconstruction error of NUMERICS.md, section 3.16.</summary>
internal static class ReferenceError
{
    private const int OperandShift = 8;

    /// <summary>int8 <c>[R][C]</c> twice, to one value or one a channel.</summary>
    public static void Run(ReconstructionError error, ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second, Span<sbyte> output)
    {
        int columns = error.Input.Columns;
        var sums = new long[output.Length];
        for (int i = 0; i < (error.Input.Rows - error.Lag) * columns; i++)
        {
            int a = FixedPoint.Requantize((first[i] - error.Input.ZeroPoint) << OperandShift, error.FirstMultiplier);
            sbyte ahead = second[i + error.Lag * columns];
            int b = FixedPoint.Requantize((ahead - error.Second.ZeroPoint) << OperandShift, error.SecondMultiplier);
            long difference = Math.Abs((long)a - b);
            sums[output.Length == 1 ? 0 : i % columns] += error.Norm == ErrorNorm.Absolute ? difference : difference * difference;
        }

        for (int i = 0; i < output.Length; i++)
        {
            long mean = (sums[i] + ((1L << error.Bits) >> 1)) >> error.Bits;
            int limited = (int)Math.Min(mean, int.MaxValue);
            output[i] = FixedPoint.Store(
                FixedPoint.Requantize(limited, error.OutputMultiplier), error.Output.ZeroPoint, ClampRange.Full);
        }
    }
}
