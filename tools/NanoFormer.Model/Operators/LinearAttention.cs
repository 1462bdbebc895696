using System.Numerics;

namespace NanoFormer.Model;

/// <summary>
/// Attention with the feature map ReLU in place of the softmax, without the output projection: int8 <c>[S][D]</c> to int8
/// <c>[S][H * P]</c>, at most 8192 rows (NUMERICS.md, section 3.12).
/// </summary>
public sealed record LinearAttention() : SelfAttention(OperatorKind.LinearAttention)
{
    /// <summary>The greatest decay, as a power of two.</summary>
    internal const int MaxDecay = 12;

    private const int MaxRows = 8192;
    private const int MaxHeadColumns = 256;

    /// <summary>Value scale / (2^12 * output scale).</summary>
    public required FixedMultiplier Multiplier { get; init; }

    /// <summary>Whether a token sees only itself and those before it.</summary>
    public required bool IsCausal { get; init; }

    /// <summary>With every token the sums lose 1 / 2^decay of what they hold; 0: nothing. 0 unless causal.</summary>
    public required int Decay { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <summary>
    /// Queries, keys, values and sums of one head, each rounded up to 16 bytes; in a stream those of one token, and no sums.
    /// </summary>
    public override int ScratchBytes => State is null
        ? 3 * Alignment.RoundUp(Input.Rows * HeadColumns) + Alignment.RoundUp(4 * HeadColumns * (HeadColumns + 1))
        : 3 * Alignment.RoundUp(HeadColumns);

    /// <inheritdoc/>
    public override long MultiplyAccumulates =>
        (long)Input.Rows * Weights.Count + 2L * Heads * Input.Rows * HeadColumns * (HeadColumns + 1);

    internal static LinearAttention Read(OperatorRecord record)
    {
        int heads = record.Parameter(HeadsAt.Heads);
        int headColumns = record.Parameter(HeadsAt.HeadColumns);
        Require(record, heads, headColumns, MaxRows);
        var input = record.Input();
        var output = record.Output();
        int causal = record.Parameter(At.Causal);
        int decay = record.Parameter(At.Decay);
        record.Require(headColumns <= MaxHeadColumns, "has heads that are too wide");
        record.Require(causal is 0 or 1, "is neither causal nor not");
        record.Require(decay >= 0 && decay <= (causal == 1 ? MaxDecay : 0), "has a decay out of range");
        record.Require(!record.IsStep || decay >= 1, "does not forget, as a stream must");
        return new LinearAttention
        {
            Input = input,
            Weights = record.Weights(3L * output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(3L * output.Columns),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = record.ZeroPoint(HeadsAt.QueryZeroPoint),
            KeyZeroPoint = record.ZeroPoint(HeadsAt.KeyZeroPoint),
            ValueZeroPoint = record.ZeroPoint(HeadsAt.ValueZeroPoint),
            Multiplier = record.Multiplier(At.Multiplier),
            IsCausal = causal == 1,
            Decay = decay,
            Output = output,
            State = record.State(ElementType.Int32, StateCount(heads, headColumns)),
        };
    }

    internal override void Write(ParameterFields fields)
    {
        base.Write(fields);
        fields.Multiplier(At.Multiplier, Multiplier);
        fields.Parameter(At.Causal, IsCausal ? 1 : 0);
        fields.Parameter(At.Decay, Decay);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        for (int head = 0; head < Heads; head++)
        {
            new LinearAttentionHead(this, head).Run(run.ValuesOf(Input), output);
        }
    }

    internal override string? Obstacle(TimeStrides strides)
    {
        if (!IsInTime(strides))
        {
            return StreamLimits.BehindPooling;
        }

        if (!IsCausal)
        {
            return "looks ahead";
        }

        return Decay == 0
            ? "never forgets, so that its sums would grow forever"
            : StreamLimits.StateFits(StateCount(Heads, HeadColumns));
    }

    internal override Operator ForStream(Operator window) =>
        this with { State = new StateTensor((int)StateCount(Heads, HeadColumns), ElementType.Int32) };

    /// <summary>int32 values that a stream remembers: M and Z of every head.</summary>
    private static long StateCount(int heads, int headColumns) => (long)heads * headColumns * (headColumns + 1);

    internal override OperatorMemory NewMemory() => new Memory(this);

    internal override int WishedScratch(int rows, int mostRows) => ScratchWish.Product(Input.Columns, rows, mostRows);

    /// <summary>The sums of every head.</summary>
    private sealed class Memory(LinearAttention attention) : OperatorMemory
    {
        private readonly LinearAttentionHead[] _heads =
            [.. Enumerable.Range(0, attention.Heads).Select(head => new LinearAttentionHead(attention, head))];

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            foreach (var head in _heads)
            {
                head.Run(input, output);
            }
        }
    }

    /// <summary>Where its own parameters are in the image.</summary>
    private static class At
    {
        public const int Multiplier = 5;
        public const int Causal = 7;
        public const int Decay = 8;
    }
}

/// <summary>The running sums of one head of a linear attention (NUMERICS.md, section 3.12).</summary>
internal sealed class LinearAttentionHead(LinearAttention attention, int head)
{
    /// <summary>Bits of the reciprocal's divisor.</summary>
    private const int DivisorBits = 16;

    private readonly int _columns = attention.HeadColumns;

    /// <summary>M, <c>[P][P]</c>.</summary>
    private readonly int[] _products = new int[attention.HeadColumns * attention.HeadColumns];

    /// <summary>Z, <c>[P]</c>.</summary>
    private readonly int[] _keys = new int[attention.HeadColumns];

    /// <summary>M, <c>[P][P]</c>, then Z, <c>[P]</c>.</summary>
    public int[] Sums => [.. _products, .. _keys];

    /// <summary>Goes on with int8 <c>[S][D]</c>, and writes this head's columns of int8 <c>[S][H * P]</c>.</summary>
    public void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        sbyte[] queries = Project(input, 0, attention.QueryZeroPoint, attention.QueryZeroPoint);
        sbyte[] keys = Project(input, 1, attention.KeyZeroPoint, attention.KeyZeroPoint);
        sbyte[] values = Project(input, 2, attention.ValueZeroPoint, sbyte.MinValue);
        Run(queries, keys, values, output[(head * _columns)..], attention.Heads * _columns);
    }

    /// <summary>Goes on with queries, keys and values, int8 <c>[S][P]</c>; a result's rows are <paramref name="stride"/> apart.</summary>
    public void Run(sbyte[] queries, sbyte[] keys, sbyte[] values, Span<sbyte> output, int stride)
    {
        int tokens = queries.Length / _columns;
        for (int token = 0; token < tokens && !attention.IsCausal; token++)
        {
            TakeIn(Row(keys, token), Row(values, token));
        }

        for (int token = 0; token < tokens; token++)
        {
            if (attention.IsCausal)
            {
                TakeIn(Row(keys, token), Row(values, token));
            }

            Answer(Row(queries, token), output.Slice(token * stride, _columns));
        }
    }

    private ReadOnlySpan<sbyte> Row(sbyte[] matrix, int row) => matrix.AsSpan(row * _columns, _columns);

    private sbyte[] Project(ReadOnlySpan<sbyte> input, int part, int zeroPoint, int low) =>
        attention.Project(input, part * attention.Heads + head, zeroPoint, new ClampRange(low, sbyte.MaxValue));

    private void TakeIn(ReadOnlySpan<sbyte> key, ReadOnlySpan<sbyte> value)
    {
        for (int a = 0; a < _columns; a++)
        {
            int feature = key[a] - attention.KeyZeroPoint;
            for (int b = 0; b < _columns; b++)
            {
                ref int sum = ref _products[a * _columns + b];
                sum = Keep(sum) + feature * (value[b] - attention.ValueZeroPoint);
            }

            _keys[a] = Keep(_keys[a]) + feature;
        }
    }

    private int Keep(int sum) => attention.Decay > 0 ? sum - FixedPoint.RoundShift(sum, attention.Decay) : sum;

    private void Answer(ReadOnlySpan<sbyte> query, Span<sbyte> output)
    {
        long divisor = 0;
        for (int a = 0; a < _columns; a++)
        {
            divisor += (query[a] - attention.QueryZeroPoint) * (long)_keys[a];
        }

        for (int b = 0; b < _columns; b++)
        {
            long sum = 0;
            for (int a = 0; a < _columns; a++)
            {
                sum += (query[a] - attention.QueryZeroPoint) * (long)_products[a * _columns + b];
            }

            int ratio = divisor == 0 ? 0 : Ratio(sum, divisor);
            output[b] = FixedPoint.Store(
                FixedPoint.Requantize(ratio, attention.Multiplier), attention.Output.ZeroPoint, ClampRange.Full);
        }
    }

    /// <summary>sum / divisor in Q12, the divisor being positive; wraps modulo 2^32.</summary>
    private static int Ratio(long sum, long divisor)
    {
        int n = 64 - BitOperations.LeadingZeroCount((ulong)divisor) - DivisorBits;
        long reciprocal = (1L << 31) / (n >= 0 ? divisor >> n : divisor << -n);
        return unchecked((int)((sum * reciprocal + (1L << (18 + n))) >> (19 + n)));
    }
}

/// <summary>The quantizations inside and after a linear attention operator.</summary>
/// <param name="Query">Of the projected queries; values below 0 are cut.</param>
/// <param name="Key">Of the projected keys; values below 0 are cut.</param>
/// <param name="Value">Of the projected values.</param>
/// <param name="Output">Of the heads' results.</param>
public sealed record LinearAttentionQuantization(Quantization Query, Quantization Key, Quantization Value, Quantization Output);

/// <content>Linear attention.</content>
public sealed partial class GraphBuilder
{
    /// <summary>
    /// Attention with the feature map ReLU in place of the softmax, without the output projection: int8 <c>[S][D]</c> to
    /// <c>[S][heads * headColumns]</c>.
    /// </summary>
    /// <param name="input"><c>[S][D]</c>, at most 8192 rows.</param>
    /// <param name="heads">Number of heads, H.</param>
    /// <param name="headColumns">Columns of a head, P, at most 256.</param>
    /// <param name="weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
    /// <param name="weightScales"><c>[3][H][P]</c>.</param>
    /// <param name="biases"><c>[3][H][P]</c>, not folded.</param>
    /// <param name="quantization">Of queries, keys, values and output.</param>
    /// <param name="isCausal">Whether a token sees only itself and those before it.</param>
    /// <param name="decay">With every token the sums lose 1 / 2^decay of what they hold, 1..12; 0: nothing. 0 unless causal.</param>
    public ActivationTensor LinearAttention(Tensor input, int heads, int headColumns, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, LinearAttentionQuantization quantization, bool isCausal, int decay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, isCausal ? Model.LinearAttention.MaxDecay : 0);
        var (weightTensor, constants) = Projections(
            input, heads, headColumns, weights, weightScales, biases, [quantization.Query, quantization.Key, quantization.Value]);
        return Append(new LinearAttention
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = constants,
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = quantization.Query.ZeroPoint,
            KeyZeroPoint = quantization.Key.ZeroPoint,
            ValueZeroPoint = quantization.Value.ZeroPoint,
            Multiplier = FixedMultiplier.FromReal(Math.ScaleB(quantization.Value.Scale, -12) / quantization.Output.Scale),
            IsCausal = isCausal,
            Decay = decay,
            Output = NewActivation(input.Rows, heads * headColumns, quantization.Output),
        });
    }
}
