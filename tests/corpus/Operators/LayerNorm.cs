using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Layer normalization.</content>
internal sealed partial class RandomOperators
{
    public LayerNorm LayerNorm(Tensor input)
    {
        var output = NewTensor(input.Rows, input.Columns);
        return new LayerNorm
        {
            Input = input,
            Weights = Weights(1, input.Columns),
            ChannelConstants = _quantization.NormConstants(input.Columns),
            Epsilon = random.Next(4) == 0 ? (uint)_quantization.Pick(1, -1, int.MinValue) : (uint)random.Next(1, 100_000),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }
}

/// <content>Layer normalization.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 15, 16)]
    internal void AppendLayerNorm(Tensor input) => _operators.Add(input.Columns >= 2 ? _draw.LayerNorm(input) : _draw.Lookup(input));
}

/// <content>Layer normalization.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] LayerNorm()
    {
        var input = _random.Next(10) == 0 ? new ActivationTensor(2, 1024, 0) : Input(rows: 20, columns: 200, minColumns: 2);
        var step = _draw.LayerNorm(input);
        return OfOneInput(step, [input.Rows, input.Columns, unchecked((int)step.Epsilon), step.Output.ZeroPoint, step.Clamp.Low, step.Clamp.High]);
    }
}
