namespace NanoFormer.Model;

/// <summary>The projections of an attention to the queries, keys or values of one head.</summary>
internal static class HeadProjection
{
    /// <summary>int8 <c>[S][D]</c>, weights <c>[parts][P][D]</c>, to int8 <c>[S][P]</c> of one part.</summary>
    public static sbyte[] Run(ReadOnlySpan<sbyte> input, ConstantTensor weights, ConstantTensor constants, int part, int headColumns,
        int zeroPoint, ClampRange clamp)
    {
        var all = new ChannelConstants(constants);
        int first = part * headColumns;
        FixedMultiplier[] multipliers = new FixedMultiplier[headColumns];
        for (int i = 0; i < headColumns; i++)
        {
            multipliers[i] = all.Multiplier(first + i);
        }

        ConstantTensor own = ChannelConstants.Create(all.Biases.Slice(first, headColumns), multipliers);
        var result = new sbyte[input.Length / weights.Columns * headColumns];
        ReadOnlySpan<sbyte> rows = weights.Int8Values.Slice(first * weights.Columns, headColumns * weights.Columns);
        ReferenceOperators.Linear(input, rows, new ChannelConstants(own), zeroPoint, clamp, result);
        return result;
    }
}
