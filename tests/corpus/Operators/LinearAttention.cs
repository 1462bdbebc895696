using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Linear attention.</content>
internal sealed partial class RandomOperators
{
    public LinearAttention LinearAttention(Tensor input, bool isCausal, int decay)
    {
        int heads = random.Next(1, 4);
        int headColumns = Limited(Size(12), 3 * heads * input.Columns);
        int columns = heads * headColumns;
        return new LinearAttention
        {
            Input = input,
            Weights = Weights(3 * columns, input.Columns),
            ChannelConstants = _quantization.ProductConstants(3 * columns, input.Columns),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = _quantization.ZeroPoint(),
            KeyZeroPoint = _quantization.ZeroPoint(),
            ValueZeroPoint = _quantization.ZeroPoint(),
            Multiplier = _quantization.MultiplierNear(1.0 / (1 << 12)),
            IsCausal = isCausal,
            Decay = decay,
            Output = NewTensor(input.Rows, columns),
        };
    }
}

/// <content>Linear attention.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 18, 19)]
    internal void AppendLinearAttention(Tensor input)
    {
        bool isCausal = _random.Next(2) == 0;
        _operators.Add(_draw.LinearAttention(input, isCausal, isCausal ? _random.Next(13) : 0));
    }
}

/// <content>Linear attention.</content>
internal sealed partial class TransformerKernelCorpus
{
    /// <summary>Some tokens bring the sums to where the case begins.</summary>
    internal byte[] LinearAttention()
    {
        bool isCausal = _random.Next(2) == 0;
        var step = _draw.LinearAttention(
            new ActivationTensor(1, _random.Next(1, 9), 0), isCausal, isCausal ? _random.Next(13) : 0);
        var head = new LinearAttentionHead(step, 0);
        Go(_random.Next(3) == 0 ? 0 : _random.Next(1, 40));
        int[] before = head.Sums;
        (sbyte[] queries, sbyte[] keys, sbyte[] values, sbyte[] output) = Go(_random.Next(1, 40));
        return PayloadWriter
            .WithParameters(
                output.Length / step.HeadColumns, step.HeadColumns, step.QueryZeroPoint, step.KeyZeroPoint, step.ValueZeroPoint,
                step.Multiplier.Mantissa, step.Multiplier.Shift, step.Output.ZeroPoint, isCausal ? 1 : 0, step.Decay)
            .Array<sbyte>(queries)
            .Array<sbyte>(keys)
            .Array<sbyte>(values)
            .Array<int>(before)
            .Array<sbyte>(output)
            .Array<int>(head.Sums)
            .ToArray();

        (sbyte[] Queries, sbyte[] Keys, sbyte[] Values, sbyte[] Output) Go(int tokens)
        {
            int count = tokens * step.HeadColumns;
            sbyte[] queries = ValuesFrom(step.QueryZeroPoint, count);
            sbyte[] keys = ValuesFrom(step.KeyZeroPoint, count);
            sbyte[] values = Values(count);
            sbyte[] output = new sbyte[count];
            head.Run(queries, keys, values, output, step.HeadColumns);
            return (queries, keys, values, output);
        }
    }
}
