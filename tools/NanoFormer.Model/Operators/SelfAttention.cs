namespace NanoFormer.Model;

/// <summary>What the two attentions share: heads, and their projections to queries, keys and values.</summary>
/// <param name="Kind">Which operator it is.</param>
public abstract record SelfAttention(OperatorKind Kind) : WeightedOperator(Kind)
{
    /// <summary>Number of heads, H.</summary>
    public required int Heads { get; init; }

    /// <summary>Columns of a head, P; of a linear attention at most 256.</summary>
    public required int HeadColumns { get; init; }

    /// <summary>Zero point of the queries; in a linear attention their lower limit too.</summary>
    public required int QueryZeroPoint { get; init; }

    /// <summary>Zero point of the keys; in a linear attention their lower limit too.</summary>
    public required int KeyZeroPoint { get; init; }

    /// <summary>Zero point of the values.</summary>
    public required int ValueZeroPoint { get; init; }

    /// <summary>Requires that heads and rows fit the shapes of input and output.</summary>
    private protected static void Require(OperatorRecord record, int heads, int headColumns, int maxRows)
    {
        var input = record.Input();
        var output = record.Output();
        record.Require(heads >= 1 && headColumns >= 1, "has no heads");
        record.Require((long)heads * headColumns == output.Columns, "writes another number of columns than its heads have");
        record.Require(output.Rows == input.Rows && input.Rows <= maxRows, "has rows that do not fit");
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Parameter(HeadsAt.Heads, Heads);
        fields.Parameter(HeadsAt.HeadColumns, HeadColumns);
        fields.Parameter(HeadsAt.QueryZeroPoint, QueryZeroPoint);
        fields.Parameter(HeadsAt.KeyZeroPoint, KeyZeroPoint);
        fields.Parameter(HeadsAt.ValueZeroPoint, ValueZeroPoint);
    }

    /// <summary>int8 <c>[S][D]</c> to int8 <c>[S][P]</c>: queries, keys or values of one head.</summary>
    /// <param name="input"><c>[S][D]</c>.</param>
    /// <param name="part">Which P rows of the weights, <c>0 .. 3 * H - 1</c>.</param>
    /// <param name="zeroPoint">Of the result.</param>
    /// <param name="clamp">Limits of the result.</param>
    internal sbyte[] Project(ReadOnlySpan<sbyte> input, int part, int zeroPoint, ClampRange clamp)
    {
        var all = new ChannelConstants(ChannelConstants);
        int first = part * HeadColumns;
        var multipliers = new FixedMultiplier[HeadColumns];
        for (int i = 0; i < HeadColumns; i++)
        {
            multipliers[i] = all.Multiplier(first + i);
        }

        var own = Model.ChannelConstants.Create(all.Biases.Slice(first, HeadColumns), multipliers);
        sbyte[] result = new sbyte[input.Length / Weights.Columns * HeadColumns];
        var rows = Weights.Int8Values.Slice(first * Weights.Columns, HeadColumns * Weights.Columns);
        Linear.Compute(input, rows, new ChannelConstants(own), zeroPoint, clamp, result);
        return result;
    }

    /// <summary>Where the shared parameters are in the image.</summary>
    private protected static class HeadsAt
    {
        public const int Heads = 0;
        public const int HeadColumns = 1;
        public const int QueryZeroPoint = 2;
        public const int KeyZeroPoint = 3;
        public const int ValueZeroPoint = 4;
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
