using System.Numerics;

namespace NanoFormer.Model;

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

    private sbyte[] Project(ReadOnlySpan<sbyte> input, int part, int zeroPoint, int low) => HeadProjection.Run(input, attention.Weights,
        attention.ChannelConstants, part * attention.Heads + head, _columns, zeroPoint, new ClampRange(low, sbyte.MaxValue));

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
