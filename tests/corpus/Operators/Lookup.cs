using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Tables of functions.</content>
internal sealed partial class RandomOperators
{
    public Lookup Lookup(Tensor input) => new()
    {
        Input = input,
        Table = ConstantTensor.FromInt8(1, LookupTable.Length, _quantization.Values(LookupTable.Length)),
        Output = NewTensor(input.Rows, input.Columns),
    };
}

/// <content>Tables of functions.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 13, 14)]
    internal void AppendLookup(Tensor input) => _operators.Add(_draw.Lookup(input));
}

/// <content>Tables of functions.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] Lookup()
    {
        var input = Input(rows: 30, columns: 80);
        var step = _draw.Lookup(input);
        return OfOneInput(step, [input.Count]);
    }
}
