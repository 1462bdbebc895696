using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <content>What is done to each element by itself, or to two at a time.</content>
public sealed partial class OnnxImporter
{
    /// <summary>The constant is known, the matrix is not: <c>+ - * /</c>, in either order.</summary>
    private OnnxArray WithConstant(OnnxNode node, OnnxArray array, OnnxArray constant, bool isConstantFirst)
    {
        Func<double, double, double> operation = Elements.Binary(node.Operator) ?? throw Unknown(node);
        double[] numbers = constant.Numbers();
        if (numbers.Distinct().Count() == 1 && constant.Layout.Rank <= array.Layout.Rank)
        {
            double number = numbers[0];
            return array.Then(isConstantFirst ? x => operation(number, x) : x => operation(x, number));
        }

        if (array.Origin is ScoresOrigin scores && node.Operator == "Add")
        {
            return Masked(array, scores, constant);
        }

        FloatValue value = Matrix(ref array);
        array = array with { Layout = array.Layout.Broadcast(constant.Shape) };
        if (array.Layout.Positions.Length != value.Count || array.Layout.Positions.Distinct().Count() != value.Count)
        {
            throw NotSupported("a constant is applied to a part of a matrix, or repeats it; apply it to all rows");
        }

        double[] spread = (constant with { Layout = constant.Layout.Broadcast(array.Shape) }).Numbers();
        var gains = new double[value.Count];
        var offsets = new double[value.Count];
        for (int i = 0; i < spread.Length; i++)
        {
            int position = array.Layout.Positions[i];
            (double Gain, double Offset) line = (node.Operator, isConstantFirst) switch
            {
                ("Add", _) => (1.0, spread[i]),
                ("Sub", false) => (1.0, -spread[i]),
                ("Sub", true) => (-1.0, spread[i]),
                ("Mul", _) => (spread[i], 0.0),
                ("Div", false) => (1 / spread[i], 0.0),
                _ => throw NotSupported("a constant can be added, subtracted, multiplied or divided by; use one of these"),
            };
            (gains[position], offsets[position]) = line;
        }

        return array with { Origin = new ValueOrigin(Affine(value, gains, offsets)) };
    }

    /// <summary>A gain and an offset for each element: one each column, or an offset for every element.</summary>
    private FloatValue Affine(FloatValue value, double[] gains, double[] offsets)
    {
        int columns = value.Columns;
        bool isByColumn = Enumerable.Range(columns, value.Count - columns)
            .All(i => gains[i] == gains[i % columns] && offsets[i] == offsets[i % columns]);
        var output = new FloatValue(value.Rows, columns);
        if (isByColumn)
        {
            return Scaled(new FloatScale(value, output, Floats(gains[..columns]), Floats(offsets[..columns])));
        }

        return gains.All(gain => gain == 1)
            ? Write(new FloatAddConstant(value, output, new FloatConstant(Floats(offsets))))
            : throw NotSupported("a gain differs from row to row; use one for each column");
    }

    /// <summary>Gains and offsets of columns, taken into the layer before them where there is one.</summary>
    private FloatValue Scaled(FloatScale scale)
    {
        (float[] gains, float[] offsets) = (scale.Gains, scale.Offsets);
        return MakerOf(scale.Input) switch
        {
            FloatLinear linear => Write(linear with
            {
                Output = scale.Output,
                Weights = new FloatConstant([.. linear.Weights.Values.Select((w, i) => w * gains[i / linear.Input.Columns])]),
                Biases = Moved(linear.Biases),
            }),
            FloatConvolution { IsDepthwise: false } conv => Write(conv with
            {
                Output = scale.Output,
                Weights = new FloatConstant([.. conv.Weights.Values.Select((w, i) => w * gains[i / (conv.Kernel * conv.Input.Columns)])]),
                Biases = Moved(conv.Biases),
            }),
            FloatConvolution conv => Write(conv with
            {
                Output = scale.Output,
                Weights = new FloatConstant([.. conv.Weights.Values.Select((w, i) => w * gains[i % gains.Length])]),
                Biases = Moved(conv.Biases),
            }),
            FloatLayerNorm norm => Write(norm with
            {
                Output = scale.Output,
                Gains = [.. norm.Gains.Zip(gains, (gain, factor) => gain * factor)],
                Biases = Moved(new FloatConstant(norm.Biases)).Values,
            }),
            FloatScale before => Write(new FloatScale(before.Input, scale.Output,
                [.. before.Gains.Zip(gains, (gain, factor) => gain * factor)], Moved(new FloatConstant(before.Offsets)).Values)),
            _ => Write(scale),
        };

        FloatConstant Moved(FloatConstant biases) => new([.. biases.Values.Select((bias, i) => bias * gains[i] + offsets[i])]);
    }

    /// <summary>Two arrays of the network: of one matrix a function of each element, of two their sum.</summary>
    private OnnxArray Combine(OnnxNode node, OnnxArray first, OnnxArray second)
    {
        Func<double, double, double> operation = Elements.Binary(node.Operator) ?? throw Unknown(node);
        if (first.Origin == second.Origin && first.Layout.IsSame(second.Layout))
        {
            (Func<double, double>? f, Func<double, double>? g) = (first.Function, second.Function);
            return first with { Function = x => operation(f is null ? x : f(x), g is null ? x : g(x)) };
        }

        FloatValue left = Matrix(ref first);
        FloatValue right = Matrix(ref second);
        if (node.Operator != "Add")
        {
            throw NotSupported(node.Operator == "Sub"
                ? "two matrices are not subtracted, as in an anomaly score; import a network of classes alone"
                : "two matrices can only be added; gate with a table activation instead");
        }

        int[] shape = Broadcast(first.Shape, second.Shape);
        (ArrayLayout a, ArrayLayout b) = (first.Layout.Broadcast(shape), second.Layout.Broadcast(shape));
        if (left.Rows != right.Rows || left.Columns != right.Columns || !a.IsSame(b))
        {
            throw NotSupported("the two matrices that it adds do not have one shape and order; keep tokens and channels where they are");
        }

        return OnnxArray.Of(Write(new FloatAdd(left, right, new FloatValue(left.Rows, left.Columns))), a);
    }

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private InterchangeException Unknown(OnnxNode node) => NotSupported(Advice.For(node.Operator));
}
