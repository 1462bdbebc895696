namespace NanoFormer.Model;

/// <summary>
/// Multi-head self-attention without the output projection: int8 <c>[S][D]</c> to int8 <c>[S][H * P]</c>, at most 511 rows (NUMERICS.md,
/// section 3.6).
/// </summary>
public sealed record Attention() : SelfAttention(OperatorKind.Attention)
{
    /// <summary>int32 <c>[1][256]</c>: the exponentials for the scale of the scores.</summary>
    public required ConstantTensor Exponentials { get; init; }

    /// <summary>Query scale * key scale / sqrt(P) / score scale.</summary>
    public required FixedMultiplier ScoreMultiplier { get; init; }

    /// <summary>Zero point of the scores.</summary>
    public required int ScoreZeroPoint { get; init; }

    /// <summary>Value scale / 256 / output scale.</summary>
    public required FixedMultiplier ContextMultiplier { get; init; }

    /// <summary>Which tokens a token sees.</summary>
    public required AttentionReach Reach { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <summary>
    /// Queries, keys, transposed values and one row of scores of one head, each rounded up to 16 bytes; in a stream the queries of
    /// all heads for one token, and scores of the tokens remembered.
    /// </summary>
    public override int ScratchBytes => State is null
        ? 3 * Alignment.RoundUp(Input.Rows * HeadColumns) + Alignment.RoundUp(Input.Rows)
        : Alignment.RoundUp(Heads * HeadColumns) + Alignment.RoundUp(Reach.Before + 1);

    /// <inheritdoc/>
    public override long MultiplyAccumulates => (long)Input.Rows * Weights.Count + 2L * Heads * HeadColumns * TokenPairs;

    internal override OperatorConstants Stored => new(Weights, ChannelConstants, Exponentials);

    /// <summary>Pairs of a token and one it sees; a stream that has run for a while sees all it remembers.</summary>
    private long TokenPairs => State is null ? Reach.Pairs(Input.Rows) : (long)Input.Rows * (Reach.Before + 1);

    internal static Attention Read(OperatorRecord record)
    {
        int heads = record.Parameter(HeadsAt.Heads);
        int headColumns = record.Parameter(HeadsAt.HeadColumns);
        Require(record, heads, headColumns, ImageFormat.MaxSoftmaxLength);
        var input = record.Input();
        var output = record.Output();
        var reach = new AttentionReach(record.Parameter(At.Before), record.Parameter(At.After));
        record.Require(reach.Before is >= 0 and <= AttentionReach.Farthest, "looks back too far");
        record.Require(reach.After is >= 0 and <= AttentionReach.Farthest, "looks ahead too far");
        bool canRemember = reach.After == 0 && reach.Before + 1 <= ImageFormat.MaxSoftmaxLength;
        record.Require(!record.IsStep || canRemember, "looks ahead or too far back for a stream");
        return new Attention
        {
            Input = input,
            Weights = record.Weights(3L * output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(3L * output.Columns),
            Exponentials = record.Exponentials(),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = record.ZeroPoint(HeadsAt.QueryZeroPoint),
            KeyZeroPoint = record.ZeroPoint(HeadsAt.KeyZeroPoint),
            ValueZeroPoint = record.ZeroPoint(HeadsAt.ValueZeroPoint),
            ScoreMultiplier = record.Multiplier(At.ScoreMultiplier),
            ScoreZeroPoint = record.ZeroPoint(At.ScoreZeroPoint),
            ContextMultiplier = record.Multiplier(At.ContextMultiplier),
            Reach = reach,
            Output = output,
            State = record.State(ElementType.Int8, StateCount(output.Columns, reach)),
        };
    }

    internal override void Write(ParameterFields fields)
    {
        base.Write(fields);
        fields.Multiplier(At.ScoreMultiplier, ScoreMultiplier);
        fields.Parameter(At.ScoreZeroPoint, ScoreZeroPoint);
        fields.Multiplier(At.ContextMultiplier, ContextMultiplier);
        fields.Parameter(At.Before, Reach.Before);
        fields.Parameter(At.After, Reach.After);
    }

    /// <summary>Head by head and row by row.</summary>
    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        var input = run.ValuesOf(Input);
        for (int head = 0; head < Heads; head++)
        {
            var (queries, keys, values) = Project(input, head);
            for (int row = 0; row < Input.Rows; row++)
            {
                int first = Math.Max(row - Reach.Before, 0) * HeadColumns;
                int end = Math.Min(row + Reach.After + 1, Input.Rows) * HeadColumns;
                AnswerRow(queries.AsSpan(row * HeadColumns, HeadColumns), keys.AsSpan(first..end), values.AsSpan(first..end),
                    output.Slice((row * Heads + head) * HeadColumns, HeadColumns));
            }
        }
    }

    /// <summary>What one token makes of the keys and values, both int8 <c>[n][P]</c>, that it sees.</summary>
    internal void AnswerRow(ReadOnlySpan<sbyte> query, ReadOnlySpan<sbyte> keys, ReadOnlySpan<sbyte> values, Span<sbyte> output)
    {
        int seen = keys.Length / query.Length;
        sbyte[] scores = new sbyte[seen];
        MatrixProduct.Compute(query, QueryZeroPoint, keys, KeyZeroPoint, query.Length, ScoreMultiplier, ScoreZeroPoint, scores);
        sbyte[] weights = new sbyte[seen];
        Softmax.Compute(scores, seen, Exponentials.Scale, weights);
        MatrixProduct.Compute(weights, sbyte.MinValue, MatrixProduct.Transpose(values, query.Length), ValueZeroPoint, seen,
            ContextMultiplier, Output.ZeroPoint, output);
    }

    /// <summary>Queries, keys and values of one head: int8 <c>[S][P]</c> each.</summary>
    private (sbyte[] Queries, sbyte[] Keys, sbyte[] Values) Project(ReadOnlySpan<sbyte> input, int head)
    {
        return (Part(input, 0, QueryZeroPoint), Part(input, 1, KeyZeroPoint), Part(input, 2, ValueZeroPoint));

        sbyte[] Part(ReadOnlySpan<sbyte> input, int part, int zeroPoint) =>
            Project(input, part * Heads + head, zeroPoint, ClampRange.Full);
    }

    internal override string? Obstacle(TimeStrides strides)
    {
        if (!IsInTime(strides))
        {
            return StreamLimits.BehindPooling;
        }

        var reach = Remembered(Input.Rows);
        return reach.After > 0 ? "looks ahead" : StreamLimits.StateFits(StateCount(Output.Columns, reach));
    }

    internal override Operator ForStream(Operator window)
    {
        var reach = Remembered(window.Input.Rows);
        return this with { Reach = reach, State = new StateTensor((int)StateCount(Output.Columns, reach), ElementType.Int8) };
    }

    /// <summary>The reach in a stream: it remembers no more tokens than the window has.</summary>
    private AttentionReach Remembered(int windowTokens) => Reach with { Before = Math.Min(Reach.Before, windowTokens - 1) };

    /// <summary>int8 values that a stream remembers: keys and values of all heads; the columns are those of the result.</summary>
    private static long StateCount(int columns, AttentionReach reach) => StreamLimits.RingHeader + 2L * columns * (reach.Before + 1);

    internal override OperatorMemory NewMemory() => new Memory(this);

    internal override int WishedScratch(int rows, int mostRows)
    {
        int tokens = ScratchWish.Widened(State is null ? Input.Rows : Reach.Before + 1);
        int keysAndValues = 4 * tokens * ScratchWish.Widened(HeadColumns) + 8 * tokens;
        return Math.Max(ScratchWish.Product(Input.Columns, rows, mostRows), keysAndValues);
    }

    /// <summary>Keys and values of the last tokens, for each head.</summary>
    private sealed class Memory(Attention attention) : OperatorMemory
    {
        private readonly List<sbyte>[] _keys = NewLists(attention.Heads);
        private readonly List<sbyte>[] _values = NewLists(attention.Heads);

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            int columns = attention.HeadColumns;
            for (int head = 0; head < attention.Heads; head++)
            {
                var (queries, keys, values) = attention.Project(input, head);
                for (int i = 0; i < queries.Length; i += columns)
                {
                    Remember(_keys[head], keys.AsSpan(i, columns));
                    Remember(_values[head], values.AsSpan(i, columns));
                    attention.AnswerRow(queries.AsSpan(i, columns), [.. _keys[head]], [.. _values[head]],
                        output.Slice(i * attention.Heads + head * columns, columns));
                }
            }
        }

        private static List<sbyte>[] NewLists(int heads) => [.. Enumerable.Range(0, heads).Select(_ => new List<sbyte>())];

        private void Remember(List<sbyte> rows, ReadOnlySpan<sbyte> row)
        {
            rows.AddRange(row);
            rows.RemoveRange(0, Math.Max(rows.Count - (attention.Reach.Before + 1) * row.Length, 0));
        }
    }

    /// <summary>Where its own parameters are in the image.</summary>
    private static class At
    {
        public const int ScoreMultiplier = 5;
        public const int ScoreZeroPoint = 7;
        public const int ContextMultiplier = 8;
        public const int Before = 10;
        public const int After = 11;
    }
}

/// <summary>Which tokens a token sees in an attention: those from <c>i - Before</c> to <c>i + After</c> that exist.</summary>
/// <param name="Before">Tokens before it, 0..511.</param>
/// <param name="After">Tokens after it, 0..511.</param>
public readonly record struct AttentionReach(int Before, int After)
{
    /// <summary>The farthest either way: at least a whole input.</summary>
    public const int Farthest = 511;

    /// <summary>Every token sees every token.</summary>
    public static AttentionReach Full => new(Farthest, Farthest);

    /// <summary>Every token sees itself and all before it.</summary>
    public static AttentionReach Causal => Windowed(Farthest);

    /// <summary>Every token sees itself and the n before it.</summary>
    public static AttentionReach Windowed(int before) => new(before, 0);

    /// <summary>Pairs of a token and one it sees, among n tokens.</summary>
    public long Pairs(int tokens)
    {
        long pairs = 0;
        for (int i = 0; i < tokens; i++)
        {
            pairs += Math.Min(i, Before) + 1 + Math.Min(tokens - 1 - i, After);
        }

        return pairs;
    }
}

/// <summary>The quantizations inside and after an attention operator.</summary>
/// <param name="Query">Of the projected queries.</param>
/// <param name="Key">Of the projected keys.</param>
/// <param name="Value">Of the projected values.</param>
/// <param name="Scores">Of <c>query . key / sqrt(head columns)</c>, the input of the softmax.</param>
/// <param name="Output">Of the heads' results.</param>
public sealed record AttentionQuantization(
    Quantization Query,
    Quantization Key,
    Quantization Value,
    Quantization Scores,
    Quantization Output);

/// <content>Attention.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Multi-head self-attention without the output projection: int8 <c>[S][D]</c> to <c>[S][heads * headColumns]</c>.</summary>
    /// <param name="input"><c>[S][D]</c>, at most 511 rows.</param>
    /// <param name="heads">Number of heads, H.</param>
    /// <param name="headColumns">Columns of a head, P.</param>
    /// <param name="weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
    /// <param name="weightScales"><c>[3][H][P]</c>.</param>
    /// <param name="biases"><c>[3][H][P]</c>, not folded.</param>
    /// <param name="quantization">Of queries, keys, values, scores and output; 1/sqrt(P) belongs to the scores.</param>
    /// <param name="reach">Which tokens a token sees; all when left out.</param>
    public ActivationTensor Attention(Tensor input, int heads, int headColumns, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, AttentionQuantization quantization,
        AttentionReach? reach = null)
    {
        var scores = quantization.Scores.Validated(nameof(quantization));
        var (weightTensor, constants) = Projections(
            input, heads, headColumns, weights, weightScales, biases, [quantization.Query, quantization.Key, quantization.Value]);
        (double query, double key) = (quantization.Query.Scale, quantization.Key.Scale);
        return Append(new Attention
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = constants,
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(scores.Scale)),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = quantization.Query.ZeroPoint,
            KeyZeroPoint = quantization.Key.ZeroPoint,
            ValueZeroPoint = quantization.Value.ZeroPoint,
            ScoreMultiplier = FixedMultiplier.FromReal(query * key / Math.Sqrt(headColumns) / scores.Scale),
            ScoreZeroPoint = scores.ZeroPoint,
            ContextMultiplier = FixedMultiplier.FromReal(
                Quantization.Probability.Scale * quantization.Value.Scale / quantization.Output.Scale),
            Reach = reach ?? AttentionReach.Full,
            Output = NewActivation(input.Rows, heads * headColumns, quantization.Output),
        });
    }
}
