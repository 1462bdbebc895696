namespace NanoFormer.Training.Phases;

/// <summary>
/// Chooses what structured pruning keeps: a head or feed-forward column counts by the norm of the weights that make it times that of the
/// weights that read it (after Li et al., Pruning Filters for Efficient ConvNets, 2017), relative to the mean of its block.
/// </summary>
internal static class Pruning
{
    private const int LeastColumns = 8;

    /// <summary>The network with part of its original heads and columns gone.</summary>
    /// <param name="network">What is pruned.</param>
    /// <param name="original">The sizes of its blocks before any pruning.</param>
    /// <param name="heads">Part of all original heads to be gone.</param>
    /// <param name="feedForward">Part of all original columns to be gone.</param>
    public static Encoder Keep(Encoder network, IReadOnlyList<BlockOptions> original, double heads, double feedForward)
    {
        int[][] keptHeads = Choose([.. network.Blocks.Select(Heads)], original.Sum(b => b.Heads), heads, least: 1);
        int[][] keptColumns = Choose([.. network.Blocks.Select(Columns)], original.Sum(b => b.FeedForward), feedForward, LeastColumns);
        return network.WithBlocks([.. network.Blocks.Select((block, i) => block.Keeping(keptHeads[i], keptColumns[i]))]);
    }

    /// <summary>Of each block the items to keep, in ascending order, so that a part of <paramref name="total"/> is gone.</summary>
    private static int[][] Choose(double[][] importance, int total, double gone, int least)
    {
        int count = total - (int)Math.Round(gone * total);
        var all = importance
            .SelectMany((items, block) => items.Select((value, index) => (Block: block, Index: index, Value: value)))
            .ToArray();
        var needed = all.GroupBy(item => item.Block)
            .SelectMany(block => block.OrderByDescending(item => item.Value).Take(least))
            .ToHashSet();
        var rest = all.Where(item => !needed.Contains(item)).OrderByDescending(item => item.Value).Take(Math.Max(count - needed.Count, 0));
        var kept = needed.Concat(rest).ToLookup(item => item.Block, item => item.Index);
        return [.. importance.Select((_, block) => kept[block].Order().ToArray())];
    }

    private static double[] Heads(EncoderBlock block)
    {
        var (heads, columns) = (block.Attention.Heads, block.Attention.HeadColumns);
        double[] values = RowNorms(block.Attention.Projections)[(2 * heads * columns)..];
        double[] readers = ColumnNorms(block.Projection);
        return Relative([.. Enumerable.Range(0, heads).Select(head =>
            Enumerable.Range(head * columns, columns).Sum(i => values[i] * readers[i]))]);
    }

    private static double[] Columns(EncoderBlock block) =>
        Relative([.. RowNorms(block.Expand).Zip(ColumnNorms(block.Contract), (a, b) => a * b)]);

    private static double[] RowNorms(AffineLayer layer) => IntegerLayer.Reals(layer.Weight.square().sum([1]).sqrt());

    private static double[] ColumnNorms(AffineLayer layer) => IntegerLayer.Reals(layer.Weight.square().sum([0]).sqrt());

    private static double[] Relative(double[] values)
    {
        double mean = values.Average();
        return [.. values.Select(value => mean > 0 ? value / mean : 0)];
    }
}
