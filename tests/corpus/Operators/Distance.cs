using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Distances.</content>
internal sealed partial class RandomOperators
{
    public Distance Distance(Tensor first, Tensor second)
    {
        var norm = (DistanceNorm)random.Next(1, 3);
        int bits = random.Next(8) == 0 ? random.Next(41) : random.Next(8 * (int)norm, 12 * (int)norm);
        int columns = random.Next(2) == 0 ? 1 : first.Columns;
        int lag = random.Next(3) == 0 ? random.Next(first.Rows) : 0;
        double terms = (double)(first.Rows - lag) * first.Columns / columns;
        double size = Math.Pow(1 << 13, (int)norm);
        return new Distance
        {
            Input = first,
            Second = second,
            FirstMultiplier = _quantization.MultiplierUpToOne(),
            SecondMultiplier = _quantization.MultiplierUpToOne(),
            Norm = norm,
            Lag = lag,
            Bits = bits,
            OutputMultiplier = _quantization.MultiplierNear(Math.Min(60 * Math.ScaleB(1, bits) / (terms * size), 1 << 28)),
            Output = NewTensor(1, columns),
        };
    }
}

/// <content>Distances.</content>
public sealed partial class RandomGraph
{
    /// <summary>From a tensor of the same shape, if need be the tensor itself.</summary>
    [Faces(Die.Reduction, 2)]
    internal void ReduceToDistance(Tensor input) => _operators.Add(_draw.Distance(input, _operators.Select(step => step.Output)
        .First(tensor => tensor.Rows == input.Rows && tensor.Columns == input.Columns)));
}

/// <content>Distances.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] Distance()
    {
        var first = Input(rows: 60, columns: 40);
        ActivationTensor second = new(first.Rows, first.Columns, _random.Next(-128, 128));
        var step = _draw.Distance(first, second);
        sbyte[] x1 = Values(first.Count);
        sbyte[] x2 = Values(second.Count);
        sbyte[] output = new sbyte[step.Output.Count];
        step.Compute(x1, x2, output);
        return PayloadWriter
            .WithParameters(
            [
                first.Rows - step.Lag, first.Columns, output.Length, (int)step.Norm,
                first.ZeroPoint, .. Of(step.FirstMultiplier), second.ZeroPoint, .. Of(step.SecondMultiplier),
                step.Bits, step.Output.ZeroPoint, .. Of(step.OutputMultiplier),
            ])
            .Array<sbyte>(x1.AsSpan(0, (first.Rows - step.Lag) * first.Columns))
            .Array<sbyte>(x2.AsSpan(step.Lag * first.Columns))
            .Array<sbyte>(output)
            .ToArray();
    }
}
