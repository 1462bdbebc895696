namespace NanoFormer.Model;

/// <summary>What an operator of a step program remembers in the reference executor, and how it goes on with it.</summary>
internal abstract class OperatorMemory
{
    /// <summary>The memory of an operator at the start of a stream; null when it remembers nothing.</summary>
    public static OperatorMemory? Of(Operator step) => step switch
    {
        Convolution { State: not null } conv => new ConvolutionMemory(conv),
        Attention { State: not null } attention => new AttentionMemory(attention),
        LinearAttention { State: not null } attention => new LinearAttentionMemory(attention),
        Mean { State: not null } mean => new MeanMemory(mean),
        _ => null,
    };

    /// <summary>Takes in the new rows and computes the operator's result for them.</summary>
    public abstract void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output);

    /// <summary>The last <c>kernel - stride</c> rows.</summary>
    private sealed class ConvolutionMemory : OperatorMemory
    {
        private readonly Convolution _conv;
        private sbyte[] _rows;

        public ConvolutionMemory(Convolution conv)
        {
            _conv = conv;
            _rows = new sbyte[(conv.Kernel - conv.Stride) * conv.Input.Columns];
            Array.Fill(_rows, (sbyte)conv.Input.ZeroPoint);
        }

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            sbyte[] seen = [.. _rows, .. input];
            ReferenceRun.Convolve(_conv, seen, output);
            _rows = seen[^_rows.Length..];
        }
    }

    /// <summary>Keys and values of the last tokens, for each head.</summary>
    private sealed class AttentionMemory(Attention attention) : OperatorMemory
    {
        private readonly List<sbyte>[] _keys = NewLists(attention.Heads);
        private readonly List<sbyte>[] _values = NewLists(attention.Heads);

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            int columns = attention.HeadColumns;
            for (int head = 0; head < attention.Heads; head++)
            {
                sbyte[] queries = ReferenceAttention.Queries(attention, input, head);
                sbyte[] keys = ReferenceAttention.Keys(attention, input, head);
                sbyte[] values = ReferenceAttention.Values(attention, input, head);
                for (int i = 0; i < queries.Length; i += columns)
                {
                    Remember(_keys[head], keys.AsSpan(i, columns));
                    Remember(_values[head], values.AsSpan(i, columns));
                    ReferenceAttention.AnswerRow(attention, queries.AsSpan(i, columns), [.. _keys[head]], [.. _values[head]],
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

    /// <summary>The sums of every head.</summary>
    private sealed class LinearAttentionMemory(LinearAttention attention) : OperatorMemory
    {
        private readonly LinearAttentionHead[] _heads =
            [.. Enumerable.Range(0, attention.Heads).Select(head => new LinearAttentionHead(attention, head))];

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            foreach (LinearAttentionHead head in _heads)
            {
                head.Run(input, output);
            }
        }
    }

    /// <summary>The last rows.</summary>
    private sealed class MeanMemory : OperatorMemory
    {
        private readonly Mean _mean;
        private sbyte[] _rows;

        public MeanMemory(Mean mean)
        {
            _mean = mean;
            _rows = new sbyte[mean.RowCount * mean.Input.Columns];
            Array.Fill(_rows, (sbyte)mean.Input.ZeroPoint);
        }

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            sbyte[] seen = [.. _rows, .. input];
            _rows = seen[^_rows.Length..];
            ReferenceOperators.Mean(_rows, _mean.Input.ZeroPoint, _mean.Multiplier, _mean.Output.ZeroPoint, output);
        }
    }
}
