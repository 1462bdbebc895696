using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Attention.</content>
internal sealed partial class RandomOperators
{
    public Attention Attention(Tensor input, AttentionReach reach)
    {
        int heads = random.Next(1, 5);
        int headColumns = Limited(Size(16), 3 * heads * input.Columns);
        int columns = heads * headColumns;
        return new Attention
        {
            Input = input,
            Weights = Weights(3 * columns, input.Columns),
            ChannelConstants = _quantization.ProductConstants(3 * columns, input.Columns),
            Exponentials = Exponentials(),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = _quantization.ZeroPoint(),
            KeyZeroPoint = _quantization.ZeroPoint(),
            ValueZeroPoint = _quantization.ZeroPoint(),
            ScoreMultiplier = _quantization.MultiplierNear(1 / (100 * Math.Sqrt(headColumns))),
            ScoreZeroPoint = _quantization.ZeroPoint(),
            ContextMultiplier = _quantization.MultiplierNear(1.0 / 128),
            Reach = reach,
            Output = NewTensor(input.Rows, columns),
        };
    }

    /// <summary>All, causal, windowed, or any number of tokens either way.</summary>
    public AttentionReach Reach(int tokens) => random.Next(4) switch
    {
        0 => AttentionReach.Full,
        1 => AttentionReach.Causal,
        2 => AttentionReach.Windowed(random.Next(tokens)),
        _ => new AttentionReach(random.Next(tokens), random.Next(tokens)),
    };
}

/// <content>Attention.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 4, 5)]
    internal void AppendAttention(Tensor input) => _operators.Add(_draw.Attention(input, _draw.Reach(input.Rows)));
}

/// <content>Attention.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] Attention()
    {
        int tokens = _random.Next(8) == 0 ? _random.Next(65, 200) : _random.Next(1, 65);
        var step = _draw.Attention(new ActivationTensor(tokens, _random.Next(1, 9), 0), _draw.Reach(tokens));
        int columns = step.HeadColumns;
        sbyte[] queries = Values(tokens * columns);
        sbyte[] keys = Values(tokens * columns);
        sbyte[] values = Values(tokens * columns);
        sbyte[] output = new sbyte[tokens * columns];
        for (int i = 0; i < tokens; i++)
        {
            int from = Math.Max(i - step.Reach.Before, 0) * columns;
            int to = Math.Min(i + step.Reach.After + 1, tokens) * columns;
            step.AnswerRow(queries.AsSpan(i * columns, columns), keys.AsSpan(from..to), values.AsSpan(from..to),
                output.AsSpan(i * columns, columns));
        }

        sbyte[] transposed = [.. Enumerable.Range(0, values.Length).Select(i => values[i % tokens * columns + i / tokens])];
        return PayloadWriter
            .WithParameters(
                tokens, columns, step.Reach.Before, step.Reach.After, step.QueryZeroPoint, step.KeyZeroPoint, step.ValueZeroPoint,
                step.ScoreMultiplier.Mantissa, step.ScoreMultiplier.Shift, step.ScoreZeroPoint,
                step.ContextMultiplier.Mantissa, step.ContextMultiplier.Shift, step.Output.ZeroPoint,
                step.Exponentials.Scale.Mantissa, step.Exponentials.Scale.Shift + FixedPoint.ExponentFractionBits)
            .Array(step.Exponentials.Int32Values)
            .Array<sbyte>(queries)
            .Array<sbyte>(keys)
            .Array<sbyte>(transposed)
            .Array<sbyte>(output)
            .ToArray();
    }
}
