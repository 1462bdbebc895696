using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Means over rows.</content>
internal sealed partial class RandomOperators
{
    public Mean Mean(Tensor input) => new()
    {
        Input = input,
        Multiplier = _quantization.MultiplierNear(2.0 / input.Rows),
        Output = NewTensor(1, input.Columns),
    };
}

/// <content>Means over rows.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Reduction, 3, 4)]
    internal void ReduceToMean(Tensor input) => _operators.Add(_draw.Mean(input));
}

/// <content>Means over rows.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] Mean()
    {
        var input = Input(rows: 200, columns: 80);
        var step = _draw.Mean(input);
        return OfOneInput(step, [input.Rows, input.Columns, input.ZeroPoint, step.Output.ZeroPoint, .. Of(step.Multiplier)]);
    }
}
