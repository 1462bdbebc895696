using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Pooling by attention.</content>
internal sealed partial class RandomOperators
{
    public AttentionPool AttentionPool(Tensor input) => new()
    {
        Input = input,
        Weights = Weights(1, input.Columns),
        ChannelConstants = _quantization.ProductConstants(1, input.Columns),
        Exponentials = Exponentials(),
        ScoreZeroPoint = _quantization.ZeroPoint(),
        ContextMultiplier = _quantization.MultiplierNear(1.0 / 128),
        Output = NewTensor(1, input.Columns),
    };
}

/// <content>Pooling by attention.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Reduction, 1)]
    internal void ReduceByAttention(Tensor input) => _operators.Add(_draw.AttentionPool(input));
}

/// <content>Pooling by attention.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] WeightedMean()
    {
        var input = Input(rows: 200, columns: 80);
        var step = _draw.AttentionPool(input);
        sbyte[] weights = Values(input.Rows);
        sbyte[] values = Values(input.Count);
        sbyte[] output = new sbyte[input.Columns];
        sbyte[] transposed = [.. Enumerable.Range(0, values.Length).Select(i => values[i % input.Rows * input.Columns + i / input.Rows])];
        MatrixProduct.Compute(weights, sbyte.MinValue, transposed, input.ZeroPoint, input.Rows, step.ContextMultiplier,
            step.Output.ZeroPoint, output);
        return PayloadWriter
            .WithParameters([input.Rows, input.Columns, input.ZeroPoint, step.Output.ZeroPoint, .. Of(step.ContextMultiplier)])
            .Array<sbyte>(weights)
            .Array<sbyte>(values)
            .Array<sbyte>(output)
            .ToArray();
    }
}
