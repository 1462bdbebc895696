using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Last rows.</content>
internal sealed partial class RandomOperators
{
    public static Last Last(Tensor input) => new()
    {
        Input = input,
        Output = new ActivationTensor(1, input.Columns, input.ZeroPoint, input.Scale),
    };
}

/// <content>Last rows.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Reduction, 0)]
    internal void ReduceToLast(Tensor input) => _operators.Add(RandomOperators.Last(input));
}
