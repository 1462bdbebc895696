namespace NanoFormer.Model;

/// <summary>The concatenation of NUMERICS.md, section 3.15.</summary>
internal static class ReferenceConcat
{
    /// <summary>Two int8 tensors to one.</summary>
    public static void Run(Concat concat, ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second, Span<sbyte> output)
    {
        var a = new sbyte[first.Length];
        var b = new sbyte[second.Length];
        int zeroPoint = concat.Output.ZeroPoint;
        ReferenceOperators.Rescale(first, concat.Input.ZeroPoint, concat.FirstMultiplier, zeroPoint, a);
        ReferenceOperators.Rescale(second, concat.Second.ZeroPoint, concat.SecondMultiplier, zeroPoint, b);

        // Joining rows is joining columns of one long row.
        int rows = concat.Axis == ConcatAxis.Rows ? 1 : concat.Output.Rows;
        int firstColumns = a.Length / rows;
        int secondColumns = b.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            Span<sbyte> joined = output.Slice(row * (firstColumns + secondColumns), firstColumns + secondColumns);
            a.AsSpan(row * firstColumns, firstColumns).CopyTo(joined);
            b.AsSpan(row * secondColumns, secondColumns).CopyTo(joined[firstColumns..]);
        }
    }
}
