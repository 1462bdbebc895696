namespace NanoFormer.Model;

/// <summary>Attention and attention pooling of NUMERICS.md, sections 3.6 and 3.14.</summary>
internal static class ReferenceAttention
{
    /// <summary>Multi-head self-attention of int8 <c>[S][D]</c>, to int8 <c>[S][H * P]</c>, head by head and row by row.</summary>
    public static void Run(Attention attention, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int rows = attention.Input.Rows;
        int columns = attention.HeadColumns;
        for (int head = 0; head < attention.Heads; head++)
        {
            sbyte[] queries = Queries(attention, input, head);
            sbyte[] keys = Keys(attention, input, head);
            sbyte[] values = Values(attention, input, head);
            for (int row = 0; row < rows; row++)
            {
                int first = Math.Max(row - attention.Reach.Before, 0) * columns;
                int end = Math.Min(row + attention.Reach.After + 1, rows) * columns;
                AnswerRow(attention, queries.AsSpan(row * columns, columns), keys.AsSpan(first..end), values.AsSpan(first..end),
                    output.Slice((row * attention.Heads + head) * columns, columns));
            }
        }
    }

    /// <summary>What one token makes of the keys and values, both int8 <c>[n][P]</c>, that it sees.</summary>
    public static void AnswerRow(Attention attention, ReadOnlySpan<sbyte> query, ReadOnlySpan<sbyte> keys, ReadOnlySpan<sbyte> values,
        Span<sbyte> output)
    {
        int seen = keys.Length / query.Length;
        var scores = new sbyte[seen];
        ReferenceOperators.MatrixMultiply(query, attention.QueryZeroPoint, keys, attention.KeyZeroPoint, query.Length,
            attention.ScoreMultiplier, attention.ScoreZeroPoint, scores);
        var weights = new sbyte[seen];
        ReferenceOperators.Softmax(scores, seen, attention.Exponentials.Scale, weights);
        ReferenceOperators.MatrixMultiply(weights, sbyte.MinValue, Transpose(values, query.Length), attention.ValueZeroPoint, seen,
            attention.ContextMultiplier, attention.Output.ZeroPoint, output);
    }

    /// <summary>The queries of one head: int8 <c>[S][P]</c>.</summary>
    public static sbyte[] Queries(Attention attention, ReadOnlySpan<sbyte> input, int head) =>
        Project(attention, input, head, attention.QueryZeroPoint);

    /// <summary>The keys of one head: int8 <c>[S][P]</c>.</summary>
    public static sbyte[] Keys(Attention attention, ReadOnlySpan<sbyte> input, int head) =>
        Project(attention, input, attention.Heads + head, attention.KeyZeroPoint);

    /// <summary>The values of one head: int8 <c>[S][P]</c>.</summary>
    public static sbyte[] Values(Attention attention, ReadOnlySpan<sbyte> input, int head) =>
        Project(attention, input, 2 * attention.Heads + head, attention.ValueZeroPoint);

    /// <summary>The rows of int8 <c>[R][C]</c>, averaged with the weights of a softmax of their scores.</summary>
    public static void Pool(AttentionPool pool, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        var scores = new sbyte[pool.Input.Rows];
        ReferenceOperators.Linear(input, pool.Weights.Int8Values, new ChannelConstants(pool.ChannelConstants), pool.ScoreZeroPoint,
            ClampRange.Full, scores);
        var weights = new sbyte[scores.Length];
        ReferenceOperators.Softmax(scores, scores.Length, pool.Exponentials.Scale, weights);
        ReferenceOperators.MatrixMultiply(weights, sbyte.MinValue, Transpose(input, output.Length), pool.Input.ZeroPoint,
            weights.Length, pool.ContextMultiplier, pool.Output.ZeroPoint, output);
    }

    private static sbyte[] Project(Attention attention, ReadOnlySpan<sbyte> input, int part, int zeroPoint) =>
        HeadProjection.Run(input, attention.Weights, attention.ChannelConstants, part, attention.HeadColumns, zeroPoint, ClampRange.Full);

    private static sbyte[] Transpose(ReadOnlySpan<sbyte> matrix, int columns)
    {
        var result = new sbyte[matrix.Length];
        int rows = matrix.Length / columns;
        for (int i = 0; i < result.Length; i++)
        {
            result[i % columns * rows + i / columns] = matrix[i];
        }

        return result;
    }
}
