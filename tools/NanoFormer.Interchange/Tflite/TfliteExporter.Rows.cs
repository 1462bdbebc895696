using NanoFormer.Model;

namespace NanoFormer.Interchange.Tflite;

/// <content>Sums, means, tables, joins.</content>
public sealed partial class TfliteExporter
{
    private int Sum(Model.Add step)
    {
        var output = OutputOf(step);
        (int first, int second) = (_indices[step.Input], Operand(step));
        var expected = (step.FirstMultiplier, step.SecondMultiplier, step.OutputMultiplier);
        Require(TfliteArithmetic.Add(_network.ScaleOf(first), _network.ScaleOf(second), output.Scale) == expected, step);
        return LimitTo(step.Clamp, output, activation =>
            _network.Run(TfliteKind.Add, [first, second], new AddOptions(activation), ShapeOf(step.Output), output));
    }

    private int Operand(Model.Add step) => step.Second is ConstantTensor constant
        ? _network.Constant("constant", ShapeOf(constant), constant.Int8Values, QuantizationOf(constant, NameOf(step)))
        : _indices[step.Second];

    private int Join(Concat step)
    {
        const int FirstAxis = 2;
        int first = Rescale(step, step.Input, step.FirstMultiplier);
        int second = Rescale(step, step.Second, step.SecondMultiplier);
        return _network.Run(TfliteKind.Concatenation, [first, second], new ConcatenationOptions(FirstAxis + (int)step.Axis),
            ShapeOf(step.Output), OutputOf(step));
    }

    private int Rescale(Concat step, Tensor tensor, FixedMultiplier multiplier)
    {
        var output = OutputOf(step);
        int input = _indices[tensor];
        Require(TfliteArithmetic.Rescale(_network.ScaleOf(input), output.Scale) == multiplier, step);
        return _network.ScaleOf(input) == output.Scale && tensor.ZeroPoint == output.ZeroPoint
            ? input
            : _network.Run(TfliteKind.Quantize, [input], TfliteOptions.Empty(TfliteKind.Quantize), ShapeOf(tensor), output);
    }

    private int Average(Mean step)
    {
        var output = OutputOf(step);
        int input = _indices[step.Input];
        var ratio = TfliteArithmetic.Rescale(_network.ScaleOf(input), output.Scale);
        Require(TfliteArithmetic.Mean(ratio, step.Input.Rows) == step.Multiplier, step);
        int axis = _network.Constant("axis", [1], [2]);
        return _network.Run(TfliteKind.Mean, [input, axis], new ReducerOptions(), ShapeOf(step.Output), output);
    }

    /// <summary>A table of 256 values: its index is the input as int32, 128 added.</summary>
    private int LookUp(Lookup step)
    {
        int[] shape = ShapeOf(step.Output);
        var output = OutputOf(step);
        int wide = _network.Run(TfliteKind.Cast, [_indices[step.Input]], new CastOptions(TfliteType.Int8, TfliteType.Int32), shape, null,
            TfliteType.Int32);
        int offset = _network.Constant("offset", [1], [-sbyte.MinValue]);
        int index = _network.Run(TfliteKind.Add, [wide, offset], new AddOptions(TfliteActivation.None), shape, null, TfliteType.Int32);
        int table = _network.Constant("table", [LookupTable.Length], step.Table.Int8Values, output);
        return _network.Run(TfliteKind.Gather, [table, index], new GatherOptions(), shape, output);
    }
}
