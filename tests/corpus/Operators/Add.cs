using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Sums.</content>
internal sealed partial class RandomOperators
{
    public Add Add(Tensor first, Tensor second)
    {
        var output = NewTensor(first.Rows, first.Columns);
        return new Add
        {
            Input = first,
            Second = second,
            FirstMultiplier = _quantization.MultiplierNear(0.4),
            SecondMultiplier = _quantization.MultiplierNear(0.4),
            OutputMultiplier = _quantization.MultiplierNear(1.5 / (1 << 20)),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }

    /// <summary>An int8 constant of a tensor's shape, whose rows repeat after <paramref name="period"/>.</summary>
    public ConstantTensor Constant(Tensor like, int period)
    {
        sbyte[] rows = _quantization.Values(period * like.Columns);
        sbyte[] values = [.. Enumerable.Range(0, like.Count).Select(i => rows[i % rows.Length])];
        return ConstantTensor.FromInt8(like.Rows, like.Columns, values, _quantization.ZeroPoint(), _quantization.TensorScale());
    }
}

/// <content>Sums.</content>
public sealed partial class RandomGraph
{
    /// <summary>A residual sum with an earlier tensor of the same shape, which may be the tensor itself.</summary>
    [Faces(Die.Next, 8, 9)]
    internal void AddResidual(Tensor input)
    {
        ActivationTensor[] candidates =
            [.. _operators.Select(step => step.Output).Where(other => other.Rows == input.Rows && other.Columns == input.Columns)];
        if (candidates.Length <= 1)
        {
            _operators.Add(_draw.LinearTo(input, input.Columns));
        }

        bool isSameShape = Last.Rows == input.Rows && Last.Columns == input.Columns;
        _operators.Add(_draw.Add(input, isSameShape ? Last : candidates[_random.Next(candidates.Length)]));
    }

    [Faces(Die.Next, 10)]
    internal void AddConstant(Tensor input) => _operators.Add(_draw.Add(input, _draw.Constant(input, input.Rows)));
}
