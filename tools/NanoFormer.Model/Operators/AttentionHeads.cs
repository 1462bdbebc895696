namespace NanoFormer.Model;

/// <summary>What the two attentions share: heads, and their projections to queries, keys and values.</summary>
internal static class AttentionHeads
{
    /// <summary>Requires that heads and rows fit the shapes of input and output.</summary>
    public static void Require(OperatorRecord record, int heads, int headColumns, int maxRows)
    {
        var input = record.Input();
        var output = record.Output();
        record.Require(heads >= 1 && headColumns >= 1, "has no heads");
        record.Require((long)heads * headColumns == output.Columns, "writes another number of columns than its heads have");
        record.Require(output.Rows == input.Rows && input.Rows <= maxRows, "has rows that do not fit");
    }

    /// <summary>int8 <c>[S][D]</c>, weights <c>[parts][P][D]</c>, to int8 <c>[S][P]</c> of one part.</summary>
    public static sbyte[] Project(ReadOnlySpan<sbyte> input, ConstantTensor weights, ConstantTensor constants, int part, int headColumns,
        int zeroPoint, ClampRange clamp)
    {
        var all = new ChannelConstants(constants);
        int first = part * headColumns;
        var multipliers = new FixedMultiplier[headColumns];
        for (int i = 0; i < headColumns; i++)
        {
            multipliers[i] = all.Multiplier(first + i);
        }

        var own = ChannelConstants.Create(all.Biases.Slice(first, headColumns), multipliers);
        sbyte[] result = new sbyte[input.Length / weights.Columns * headColumns];
        var rows = weights.Int8Values.Slice(first * weights.Columns, headColumns * weights.Columns);
        Linear.Compute(input, rows, new ChannelConstants(own), zeroPoint, clamp, result);
        return result;
    }
}

/// <content>Projections to queries, keys and values.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Weights and constants of the projections to queries, keys and values, whose quantizations are given.</summary>
    private (ConstantTensor Weights, ConstantTensor Constants) Projections(Tensor input, int heads, int headColumns,
        ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, ReadOnlySpan<Quantization> parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headColumns, 1);
        int part = heads * headColumns;
        RequireLength(biases.Length, parts.Length * part, nameof(biases));
        RequireLength(weightScales.Length, parts.Length * part, nameof(weightScales));
        var multipliers = new List<FixedMultiplier>();
        for (int i = 0; i < parts.Length; i++)
        {
            double scale = parts[i].Validated(nameof(parts)).Scale;
            multipliers.AddRange(Multipliers(weightScales.Slice(i * part, part), ScaleOf(input), scale));
        }

        var weightTensor = Weights(biases.Length, input.Columns, weights);
        return (weightTensor, FoldedConstants(input, RowSums(weightTensor), biases, [.. multipliers]));
    }
}
