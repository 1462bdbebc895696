using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Sum of two matrices of one shape.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Second">The second operand.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatAdd(FloatValue Input, FloatValue Second, FloatValue Output) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Second];

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] first = values[Input];
        float[] second = values[Second];
        return Fill((r, c) => (double)first[r * Input.Columns + c] + second[r * Input.Columns + c]);
    }

    internal override string Write(OnnxNodes nodes) => nodes.Add("Add", nodes[Input], nodes[Second]);
}

/// <summary>Sum of a matrix and a constant one, such as learned positions.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Constant"><c>[R][C]</c>.</param>
public sealed record FloatAddConstant(FloatValue Input, FloatValue Output, FloatConstant Constant) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Constant.Values];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        return Fill((r, c) => (double)x[r * Input.Columns + c] + Constant.Values[r * Input.Columns + c]);
    }

    internal override string Write(OnnxNodes nodes) =>
        nodes.Add("Add", nodes[Input], nodes.Constant([1, Input.Rows, Input.Columns], Constant));
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Add step) => Limit(step, step.Clamp, output => Sum(step, output));

    private FloatStep Sum(Add step, FloatValue output)
    {
        var input = _values[step.Input];
        if (step.Second is not ConstantTensor constant)
        {
            return new FloatAdd(input, _values[step.Second], output);
        }

        double scale = constant.Scale.ToReal();
        float[] values = [.. constant.Int8Values.ToArray().Select(value => (float)(scale * (value - constant.ZeroPoint)))];
        return new FloatAddConstant(input, output,
            new FloatConstant(values, new QuantizedConstant(constant.Int8Values.ToArray(), [(float)scale], constant.ZeroPoint)));
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Add step)
    {
        var output = OutputOf(step);
        (int first, int second) = (_indices[step.Input], Operand(step));
        var expected = (step.FirstMultiplier, step.SecondMultiplier, step.OutputMultiplier);
        Require(TfliteArithmetic.Add(_network.ScaleOf(first), _network.ScaleOf(second), output.Scale) == expected, step);
        return LimitTo(step.Clamp, output, activation =>
            _network.Run(TfliteKind.Add, [first, second], new AddOptions(activation), ShapeOf(step.Output), output));
    }

    private int Operand(Add step) => step.Second is ConstantTensor constant
        ? _network.Constant("constant", ShapeOf(constant), constant.Int8Values, QuantizationOf(constant, NameOf(step)))
        : _indices[step.Second];
}
