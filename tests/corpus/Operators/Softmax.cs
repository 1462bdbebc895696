using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Softmaxes.</content>
internal sealed partial class RandomOperators
{
    public Softmax Softmax(Tensor input) => new()
    {
        Input = input,
        Exponentials = Exponentials(),
        Output = new ActivationTensor(input.Rows, input.Columns, sbyte.MinValue, FixedMultiplier.FromReal(1.0 / 256)),
    };
}

/// <content>Softmaxes.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 11)]
    internal void AppendSoftmax(Tensor input) => _operators.Add(_draw.Softmax(input.Columns <= 511 ? input : Last));
}
