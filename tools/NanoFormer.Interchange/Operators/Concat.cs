using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Two matrices joined along rows or columns.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Second">What comes behind.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Axis">Along what.</param>
public sealed record FloatConcat(FloatValue Input, FloatValue Second, FloatValue Output, ConcatAxis Axis) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Second];

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] first = values[Input];
        float[] second = values[Second];
        if (Axis == ConcatAxis.Rows)
        {
            return [.. first, .. second];
        }

        int columns = Input.Columns;
        return Fill((r, c) => c < columns ? first[r * columns + c] : second[r * Second.Columns + c - columns]);
    }

    internal override string Write(OnnxNodes nodes) =>
        nodes.Add("Concat", [nodes[Input], nodes[Second]], OnnxMessages.Attribute("axis", 1 + (int)Axis));
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Concat step) =>
        Write(step, output => new FloatConcat(_values[step.Input], _values[step.Second], output, step.Axis));
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Concat step)
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
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    /// <summary>Matrices one behind the other or side by side; of constants, rows before or behind those of the network.</summary>
    public OnnxArray Join(OnnxArray[] parts, int axis)
    {
        int rank = parts[0].Layout.Rank;
        if (rank < 2 || axis < rank - 2 || ArrayLayout.Product(parts[0].Shape[..^2]) != 1
            || parts.Any(part => part.Layout.Rank != rank || part.Shape.Where((size, i) => i != axis && size != parts[0].Shape[i]).Any()))
        {
            throw new Refusal("join the tokens of several sensors, or their channels, alone");
        }
        // Where rows are the last dimension, the parts are turned.
        bool isTurned = !parts.All(part => part.IsConstant || IsUpright(part));
        var upright = isTurned ? [.. parts.Select(part => part with { Layout = part.Layout.Flipped() })] : parts;
        bool isRows = (axis == rank - 2) != isTurned;
        FloatValue joined;
        if (upright.Any(part => part.IsConstant))
        {
            joined = isRows ? WithRows(upright) : throw new Refusal("constant channels are joined; leave them out");
        }
        else
        {
            joined = upright.Select(network.Rows).Aggregate((first, second) => network.Write(isRows
                ? new FloatConcat(first, second, new FloatValue(first.Rows + second.Rows, first.Columns), ConcatAxis.Rows)
                : new FloatConcat(first, second, new FloatValue(first.Rows, first.Columns + second.Columns), ConcatAxis.Columns)));
        }

        var layout = ArrayLayout.Plain([.. Enumerable.Repeat(1, rank - 2), joined.Rows, joined.Columns]);
        return OnnxArray.Of(joined, isTurned ? layout.Flipped() : layout);
    }

    private bool IsUpright(OnnxArray array)
    {
        var value = network.Matrix(ref array);
        return RowGather.Of(value, array.Layout) is not null;
    }

    /// <summary>Constant rows, such as a class token, around those of a matrix: zeros that a constant is added to.</summary>
    private FloatValue WithRows(OnnxArray[] parts)
    {
        int position = Array.FindIndex(parts, part => !part.IsConstant);
        if (Array.FindLastIndex(parts, part => !part.IsConstant) != position)
        {
            throw new Refusal("constant tokens lie between those of several sensors; join the sensors first");
        }

        var value = network.Rows(parts[position]);
        double[] before = [.. parts[..position].SelectMany(part => part.Numbers())];
        double[] after = [.. parts[(position + 1)..].SelectMany(part => part.Numbers())];
        var padded = Padded(value, before.Length / value.Columns, after.Length / value.Columns);
        return network.Added(padded, [.. before, .. new double[value.Count], .. after]);
    }
}
