namespace NanoFormer.Training.Quantizing;

/// <summary>Sums of products before they are rounded to the steps of a result.</summary>
/// <param name="Real">Their real values, with a gradient.</param>
/// <param name="Whole">The same as whole numbers, row-major.</param>
/// <param name="Units">The real value of 1 in each column; one for all columns where there is one.</param>
internal sealed record Sums(Tensor Real, int[] Whole, double[] Units)
{
    /// <summary>Equal parts of the columns.</summary>
    public IEnumerable<Sums> Split(int parts)
    {
        var (columns, width) = (Units.Length, Units.Length / parts);
        return Real.chunk(parts, dim: -1).Select((part, i) => new Sums(
            part,
            [.. Enumerable.Range(0, Whole.Length / columns).SelectMany(row => Whole.AsSpan(row * columns + i * width, width).ToArray())],
            Units[(i * width)..][..width]));
    }

    /// <summary>Real values that are multiples of one unit.</summary>
    public static Sums Of(Tensor real, double unit) => new(real, StraightThrough.Whole(StraightThrough.Values(real), [unit]), [unit]);
}
