using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Concatenation.</content>
internal sealed partial class RandomOperators
{
    public Concat Concat(Tensor first, Tensor second, ConcatAxis axis) => new()
    {
        Input = first,
        Second = second,
        FirstMultiplier = _quantization.MultiplierNear(0.8),
        SecondMultiplier = _quantization.MultiplierNear(0.8),
        Axis = axis,
        Output = axis == ConcatAxis.Rows
            ? NewTensor(first.Rows + second.Rows, first.Columns)
            : NewTensor(first.Rows, first.Columns + second.Columns),
    };
}

/// <content>Concatenation.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 17)]
    internal void AddConcat(Tensor input)
    {
        var second = Last;
        bool byColumns = input.Rows == second.Rows && input.Columns + second.Columns <= 256;
        bool byRows = input.Columns == second.Columns && input.Rows + second.Rows <= 100;
        if (byColumns || byRows)
        {
            bool isRows = byRows && (!byColumns || _random.Next(2) == 0);
            _operators.Add(_draw.Concat(input, second, isRows ? ConcatAxis.Rows : ConcatAxis.Columns));
            return;
        }

        _operators.Add(_draw.Lookup(input));
    }
}

/// <content>Concatenation.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] Rescale()
    {
        var input = Input(rows: 20, columns: 80);
        var multiplier = new RandomQuantization(_random).MultiplierNear(0.8);
        int zeroPoint = _random.Next(-128, 128);
        sbyte[] values = Values(input.Count);
        sbyte[] output = new sbyte[input.Count];
        Concat.Rescale(values, input.ZeroPoint, multiplier, zeroPoint, output);
        return PayloadWriter
            .WithParameters([input.Rows, input.Columns, input.ZeroPoint, zeroPoint, .. Of(multiplier)])
            .Array<sbyte>(values)
            .Array<sbyte>(output)
            .ToArray();
    }
}
