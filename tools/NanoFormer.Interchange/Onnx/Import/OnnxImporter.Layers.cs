using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <content>Layers.</content>
public sealed partial class OnnxImporter
{
    private OnnxArray Compute(OnnxNode node, OnnxArray[] inputs)
    {
        OnnxArray x = inputs[0];
        switch (node.Operator)
        {
            case "MatMul" when inputs[1].IsConstant && inputs[1].Layout.Rank == 2:
                return Linear(x, inputs[1].Layout.Transpose([1, 0]), inputs[1], []);
            case "MatMul" when !x.IsConstant && !inputs[1].IsConstant:
                return Multiply(x, inputs[1]);
            case "Gemm":
                return Gemm(node, inputs);
            case "Conv":
                return Convolve(node, inputs);
            case "BatchNormalization":
                return BatchNorm(node, inputs);
            case "LayerNormalization":
                return LayerNorm(node, inputs);
            case "Softmax":
                return Softmax(x, x.Layout.Axis(node.Int("axis", _model.OperatorSet < 13 ? 1 : -1)));
            case "ReduceMean":
                return Mean(x, AxesOf(node, inputs) ?? throw Unknown(node), node.Int("keepdims", 1) != 0);
            case "Concat" when inputs.All(input => !input.IsConstant):
                return Join(inputs, x.Layout.Axis(node.Int("axis", 0)));
            case "GlobalAveragePool":
                return Mean(x, [.. Enumerable.Range(2, x.Layout.Rank - 2).Select(axis => (long)axis)], isRankKept: true);
        }

        if (Elements.Unary(node, inputs) is { } unary)
        {
            return (node.Operator is "Relu" or "Clip" ? Settled(x) : x).Then(unary);
        }

        if (inputs.Length != 2)
        {
            throw Unknown(node);
        }

        return x.IsConstant ? WithConstant(node, inputs[1], x, isConstantFirst: true)
            : inputs[1].IsConstant ? WithConstant(node, x, inputs[1], isConstantFirst: false)
            : Combine(node, x, inputs[1]);
    }

    /// <summary>Weights <c>[N][K]</c>, of the elements of a constant, on every row of K elements; without biases for none.</summary>
    private OnnxArray Linear(OnnxArray x, ArrayLayout weightLayout, OnnxArray constant, double[] biases)
    {
        float[] weights = Floats((constant with { Layout = weightLayout }).Numbers());
        int outputs = weightLayout.Shape[0];
        float[] bias = biases.Length == 0 ? new float[outputs] : Floats(biases);
        FloatValue value = Matrix(ref x);
        int[] shape = [.. x.Shape[..^1], outputs];
        if (value.Rows > 1 && x.Layout.Positions.Length == value.Count && x.Shape[^1] == value.Count)
        {
            return OnnxArray.Of(OverAll(value, x.Layout.Positions, weights, bias), ArrayLayout.Plain(shape));
        }

        FloatValue rows = WholeRows(value, x.Layout);
        (float[] folded, float[] foldedBias, FloatValue input) = WithoutScale(rows, weights, bias);
        var step = new FloatLinear(input, new FloatValue(rows.Rows, outputs), new FloatConstant(folded), new FloatConstant(foldedBias));
        return OnnxArray.Of(Write(step), ArrayLayout.Plain(shape));
    }

    /// <summary>A layer over all elements of a matrix is a convolution whose kernel covers all rows.</summary>
    private FloatValue OverAll(FloatValue value, int[] positions, float[] weights, float[] biases)
    {
        var reordered = new float[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            reordered[i / value.Count * value.Count + positions[i % value.Count]] = weights[i];
        }

        return Write(new FloatConvolution(value, new FloatValue(1, biases.Length), new FloatConstant(reordered), new FloatConstant(biases),
            IsDepthwise: false, value.Rows, 1, 0));
    }

    /// <summary>The matrix whose rows are the last dimension of an array: the whole one, or its last row.</summary>
    private FloatValue WholeRows(FloatValue value, ArrayLayout layout)
    {
        int first = value.Count - layout.Positions.Length;
        bool isInOrder = layout.Shape[^1] == value.Columns
            && layout.Positions.SequenceEqual(Enumerable.Range(first, layout.Positions.Length));
        if (isInOrder && first == 0)
        {
            return value;
        }

        return isInOrder && layout.Positions.Length == value.Columns
            ? Write(new FloatLast(value, new FloatValue(1, value.Columns)))
            : throw NotSupported(
                "it reads some tokens or some channels only, or channels where tokens are; let it read all of them, or the last token");
    }

    /// <summary>Gains and offsets before a linear layer become part of it.</summary>
    private (float[] Weights, float[] Biases, FloatValue Input) WithoutScale(FloatValue value, float[] weights, float[] biases)
    {
        if (MakerOf(value) is not FloatScale scale)
        {
            return (weights, biases, value);
        }

        int columns = value.Columns;
        float[] folded = [.. weights.Select((w, i) => w * scale.Gains[i % columns])];
        float[] moved = [.. biases.Select((bias, n) =>
            (float)(bias + Enumerable.Range(0, columns).Sum(k => (double)weights[n * columns + k] * scale.Offsets[k])))];
        return (folded, moved, scale.Input);
    }

    private OnnxArray Gemm(OnnxNode node, OnnxArray[] inputs)
    {
        if (node.Int("transA", 0) != 0 || !inputs[1].IsConstant || (inputs.Length > 2 && !inputs[2].IsConstant))
        {
            throw NotSupported("only a matrix times known weights; use a linear layer");
        }

        ArrayLayout weights = node.Int("transB", 0) != 0 ? inputs[1].Layout : inputs[1].Layout.Transpose([1, 0]);
        double alpha = node.Float("alpha", 1);
        double beta = node.Float("beta", 1);
        OnnxArray scaled = OnnxArray.Constant(weights.Shape, [.. (inputs[1] with { Layout = weights }).Numbers().Select(w => alpha * w)]);
        double[] biases = inputs.Length > 2
            ? [.. (inputs[2] with { Layout = inputs[2].Layout.Broadcast([1, weights.Shape[0]]) }).Numbers().Select(bias => beta * bias)]
            : [];
        return Linear(inputs[0], scaled.Layout, scaled, biases);
    }

    /// <summary>Over <c>[1, channels, samples]</c>.</summary>
    private OnnxArray Convolve(OnnxNode node, OnnxArray[] inputs)
    {
        OnnxArray x = inputs[0];
        FloatValue value = Matrix(ref x);
        bool isOverTime = x.Layout.IsSame(ArrayLayout.Plain(1, value.Rows, value.Columns).Transpose([0, 2, 1]));
        int[] shape = inputs[1].Shape;
        long group = node.Int("group", 1);
        bool isDepthwise = group > 1 && group == value.Columns && shape[0] == value.Columns;
        if (!isOverTime || !inputs[1].IsConstant || shape.Length != 3 || (group != 1 && !isDepthwise)
            || (node.Ints("dilations") ?? [1]).Any(dilation => dilation != 1) || (node.Find("auto_pad")?.Text ?? "NOTSET") != "NOTSET")
        {
            throw NotSupported("only Conv1d over time without dilation, of all channels or depthwise with one output a channel; use that");
        }

        (int outputs, int kernel) = (shape[0], shape[2]);
        int stride = (int)(node.Ints("strides") ?? [1])[0];
        long[] pads = node.Ints("pads") ?? [0, 0];
        int rows = (int)(value.Rows + pads[0] + pads[1] - kernel) / stride + 1;
        int[] order = isDepthwise ? [2, 1, 0] : [0, 2, 1];
        float[] weights = Floats((inputs[1] with { Layout = inputs[1].Layout.Transpose(order) }).Numbers());
        float[] biases = inputs.Length > 2 ? Floats(inputs[2].Numbers()) : new float[outputs];
        FloatValue output = Write(new FloatConvolution(value, new FloatValue(rows, outputs), new FloatConstant(weights),
            new FloatConstant(biases), isDepthwise, kernel, stride, (int)pads[0]));
        return OnnxArray.Of(output, ArrayLayout.Plain(1, rows, outputs).Transpose([0, 2, 1]));
    }

    private OnnxArray Mean(OnnxArray x, long[] axes, bool isRankKept)
    {
        int[] reduced = Array.ConvertAll(axes, x.Layout.Axis);
        int[] kept = [.. Enumerable.Range(0, x.Layout.Rank).Except(reduced)];
        FloatValue value = Matrix(ref x);
        ArrayLayout grouped = x.Layout.Transpose([.. kept, .. reduced]);
        int size = ArrayLayout.Product(reduced.Select(axis => x.Shape[axis]));
        int[] shape = isRankKept
            ? [.. x.Shape.Select((length, axis) => reduced.Contains(axis) ? 1 : length)]
            : [.. kept.Select(axis => x.Shape[axis])];
        if (value.Columns > 1 && size == value.Columns && grouped.Positions[..size].SequenceEqual(Enumerable.Range(0, size)))
        {
            return new OnnxArray(new PendingOrigin(_node), new ArrayLayout(shape, new int[ArrayLayout.Product(shape)]));
        }

        int[] columns = [.. grouped.Positions.Chunk(size).Select(group => ColumnOf(value, group))];
        FloatValue mean = Write(new FloatMean(value, new FloatValue(1, value.Columns)));
        return OnnxArray.Of(mean, new ArrayLayout(shape, columns));
    }

    /// <summary>The column all of whose rows a group of elements are.</summary>
    private int ColumnOf(FloatValue value, int[] group)
    {
        int column = group[0] % value.Columns;
        IEnumerable<int> whole = Enumerable.Range(0, value.Rows).Select(row => row * value.Columns + column);
        bool isWhole = group.Order().SequenceEqual(whole);
        return isWhole ? column : throw NotSupported("it averages something other than all tokens; use the mean over the tokens");
    }
}
