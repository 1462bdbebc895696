namespace NanoFormer.Interchange;

/// <summary>Nodes whose results are known in advance: constants, shapes, and what exporters compute of both.</summary>
internal static class Constants
{
    private const int GreatestSum = 1 << 24;

    /// <summary>A tensor of the file.</summary>
    public static OnnxArray Of(TensorProto tensor) =>
        OnnxArray.Constant([.. tensor.Dims.Select(size => ArrayLayout.Limited(size))], tensor.Doubles(), IsInteger(tensor.DataType));

    /// <summary>Whether a type holds whole numbers.</summary>
    public static bool IsInteger(DataType type) =>
        type is not (DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16);

    /// <summary>The result of a node that reads no element of the window; null for other nodes.</summary>
    public static OnnxArray? Source(NodeProto node, OnnxArray[] inputs)
    {
        switch (node.OpType)
        {
            case "Constant":
                return Constant(node);
            case "Shape":
                int[] shape = inputs[0].Shape;
                var (start, end) = (Bound(node.Int("start", 0), shape.Length), Bound(node.Int("end", shape.Length), shape.Length));
                double[] sizes = [.. shape.Take(end).Skip(start).Select(size => (double)size)];
                return OnnxArray.Constant([sizes.Length], sizes, isInteger: true);
            case "Size":
                return OnnxArray.Constant([], [inputs[0].Layout.Count], isInteger: true);
            case "CastLike" when inputs[0].IsConstant:
                return Cast(inputs[0], isBool: false, IsInteger(inputs[1]));
            case "IsNaN" when !inputs[0].IsConstant:
                // Weights, and so what is computed of a window, are numbers.
                return Filled(inputs[0].Shape, 0, isInteger: true);
            default:
                return inputs.Length > 0 && inputs.All(input => input.IsConstant) ? Fold(node, inputs) : null;
        }
    }

    private static int Bound(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static OnnxArray Constant(NodeProto node)
    {
        var attribute = node.Attribute.Count == 1 ? node.Attribute[0] : throw new Refusal("it has no value");
        return attribute.Name switch
        {
            "value" when attribute.T is not null => Of(attribute.T),
            "value_int" => OnnxArray.Constant([], [attribute.I], isInteger: true),
            "value_float" => OnnxArray.Constant([], [attribute.F]),
            "value_ints" => OnnxArray.Constant([attribute.Ints.Count], [.. attribute.Ints.Select(value => (double)value)], isInteger: true),
            "value_floats" => OnnxArray.Constant([attribute.Floats.Count], [.. attribute.Floats.Select(value => (double)value)]),
            _ => throw new Refusal("its value is of a kind that networks do not use"),
        };
    }

    private static OnnxArray Fold(NodeProto node, OnnxArray[] inputs)
    {
        switch (node.OpType)
        {
            case "ConstantOfShape":
                var value = node.Find("value")?.T;
                return Filled(inputs[0].Sizes(), value?.Doubles()[0] ?? 0, value is not null && IsInteger(value.DataType));
            case "Range":
                return Range(inputs);
            case "Concat":
                return Concatenate(inputs, inputs[0].Layout.Axis(node.Int("axis", 0)));
            case "Where":
                return Where(inputs);
            case "Trilu":
                return Trilu(inputs[0], node.Int("upper", 1) != 0, inputs.Length > 1 ? inputs[1].Integers()[0] : 0);
            case "Cast":
                var type = (DataType)node.Int("to", 0);
                return Cast(inputs[0], type == DataType.Bool, IsInteger(type));
            case "Clip":
                var (low, high) = Arithmetic.ClipLimits(node, inputs);
                return Each(inputs[0], x => Math.Min(Math.Max(x, low), high));
            case "ReduceSum" or "ReduceProd" or "ReduceMean" or "ReduceMax" or "ReduceMin":
                return Reduce(node, inputs);
            case "CumSum":
                return CumulativeSum(node, inputs);
            case "MatMul":
                return Multiply(inputs[0], inputs[1]);
        }

        if (Arithmetic.Unary(node) is { } unary && inputs.Length == 1)
        {
            return Each(inputs[0], unary, node.OpType is "Not" or "IsNaN");
        }

        return inputs.Length > 0 && Arithmetic.Binary(node, inputs.All(IsInteger)) is { } binary
            ? inputs.Skip(1).Aggregate(inputs[0], (first, second) => Pairwise(first, second, binary))
            : throw new Refusal("a constant is computed in a way that is not understood; export with constant folding");
    }

    private static bool IsInteger(OnnxArray array) => array.Origin is ConstantOrigin { IsInteger: true };

    private static OnnxArray Filled(int[] shape, double value, bool isInteger)
    {
        double[] values = new double[ArrayLayout.Product(shape)];
        Array.Fill(values, value);
        return OnnxArray.Constant(shape, values, isInteger);
    }

    /// <summary>Each number, rounded to float where it is not a whole one.</summary>
    private static OnnxArray Each(OnnxArray array, Func<double, double> function, bool isBool = false)
    {
        bool isInteger = isBool || IsInteger(array);
        double[] values = Array.ConvertAll(array.Numbers(), x => isInteger ? function(x) : (float)function(x));
        return OnnxArray.Constant(array.Shape, values, isInteger);
    }

    private static OnnxArray Pairwise(OnnxArray first, OnnxArray second, Func<double, double, double> function)
    {
        int[] shape = ArrayLayout.Common(first.Shape, second.Shape);
        bool isInteger = IsInteger(first) && IsInteger(second);
        double[] values = [.. first.Broadcast(shape).Numbers().Zip(second.Broadcast(shape).Numbers(), function)];
        return OnnxArray.Constant(shape, isInteger ? values : Array.ConvertAll(values, value => (double)(float)value), isInteger);
    }

    private static OnnxArray Range(OnnxArray[] inputs)
    {
        double[] parts = [.. inputs.Select(input => input.Numbers()[0])];
        double count = Math.Max(0, Math.Ceiling((parts[1] - parts[0]) / parts[2]));
        if (!double.IsFinite(count))
        {
            throw new Refusal("it counts in steps of 0; check the sizes of the model");
        }

        int size = ArrayLayout.Limited((long)Math.Min(count, long.MaxValue));
        return OnnxArray.Constant([size], [.. Enumerable.Range(0, size).Select(i => parts[0] + i * parts[2])], IsInteger(inputs[0]));
    }

    private static OnnxArray Where(OnnxArray[] inputs)
    {
        int[] shape = inputs.Select(input => input.Shape).Aggregate(ArrayLayout.Common);
        double[][] parts = [.. inputs.Select(input => input.Broadcast(shape).Numbers())];
        return OnnxArray.Constant(shape, [.. parts[0].Select((condition, i) => condition != 0 ? parts[1][i] : parts[2][i])],
            IsInteger(inputs[1]));
    }

    private static OnnxArray Trilu(OnnxArray array, bool isUpper, long diagonal)
    {
        (int rows, int columns) = (array.Shape[^2], array.Shape[^1]);
        double[] values = array.Numbers();
        for (int i = 0; i < values.Length; i++)
        {
            long distance = i % columns - i / columns % rows - diagonal;
            values[i] = (isUpper ? distance >= 0 : distance <= 0) ? values[i] : 0;
        }

        return OnnxArray.Constant(array.Shape, values, IsInteger(array));
    }

    private static OnnxArray Cast(OnnxArray array, bool isBool, bool isInteger) => OnnxArray.Constant(array.Shape,
        Array.ConvertAll(array.Numbers(), x => isBool ? (x != 0 ? 1 : 0) : isInteger ? Math.Truncate(x) : (float)x), isInteger);

    private static OnnxArray Concatenate(OnnxArray[] parts, int axis)
    {
        int[] shape = [.. parts[0].Shape];
        if (parts.Any(part => part.Layout.Rank != shape.Length || part.Shape.Where((size, i) => i != axis && size != shape[i]).Any()))
        {
            throw new ArgumentException("The parts differ in other dimensions than the one they are joined along.");
        }

        shape[axis] = parts.Sum(part => part.Shape[axis]);
        _ = ArrayLayout.Product(shape);
        int outer = ArrayLayout.Product(shape[..axis]);
        double[][] numbers = [.. parts.Select(part => part.Numbers())];
        var values = new List<double>();
        for (int i = 0; i < outer; i++)
        {
            foreach (double[] part in numbers)
            {
                int size = part.Length / outer;
                values.AddRange(part.AsSpan(i * size, size));
            }
        }

        return OnnxArray.Constant(shape, [.. values], parts.All(IsInteger));
    }

    private static OnnxArray Reduce(NodeProto node, OnnxArray[] inputs)
    {
        var array = inputs[0];
        int[] axes = Movement.AxesOf(node, inputs) is { Length: > 0 } given
            ? [.. given.Select(array.Layout.Axis)]
            : [.. Enumerable.Range(0, array.Layout.Rank)];
        int[] kept = [.. Enumerable.Range(0, array.Layout.Rank).Except(axes)];
        int size = ArrayLayout.Product(axes.Select(axis => array.Shape[axis]));
        double[] numbers = (array with { Layout = array.Layout.Transpose([.. kept, .. axes]) }).Numbers();
        double[] values = [.. numbers.Chunk(Math.Max(1, size)).Select(group => node.OpType switch
        {
            "ReduceSum" => group.Sum(),
            "ReduceProd" => group.Aggregate(1.0, (x, y) => x * y),
            "ReduceMean" => group.Average(),
            "ReduceMax" => group.Max(),
            "ReduceMin" => group.Min(),
            _ => throw Refusal.Of(node.OpType),
        })];
        int[] shape = node.Int("keepdims", 1) != 0
            ? [.. array.Shape.Select((length, axis) => axes.Contains(axis) ? 1 : length)]
            : [.. kept.Select(axis => array.Shape[axis])];
        return OnnxArray.Constant(shape, values, IsInteger(array));
    }

    private static OnnxArray CumulativeSum(NodeProto node, OnnxArray[] inputs)
    {
        int axis = inputs[0].Layout.Axis(inputs[1].Integers()[0]);
        int inner = ArrayLayout.Product(inputs[0].Shape[(axis + 1)..]);
        double[] values = inputs[0].Numbers();
        if (node.Int("exclusive", 0) != 0 || node.Int("reverse", 0) != 0)
        {
            throw new Refusal("it sums exclusively or from the end; sum from the start");
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] += i / inner % inputs[0].Shape[axis] > 0 ? values[i - inner] : 0;
        }

        return OnnxArray.Constant(inputs[0].Shape, values, IsInteger(inputs[0]));
    }

    private static OnnxArray Multiply(OnnxArray first, OnnxArray second)
    {
        if (first.Layout.Rank != 2 || second.Layout.Rank != 2 || first.Shape[1] != second.Shape[0]
            || (long)first.Layout.Count * second.Shape[1] > GreatestSum)
        {
            throw new Refusal("only two constant matrices that fit are multiplied, and not very large ones; export with constant folding");
        }

        (double[] a, double[] b) = (first.Numbers(), second.Numbers());
        (int rows, int inner, int columns) = (first.Shape[0], first.Shape[1], second.Shape[1]);
        double[] values = new double[ArrayLayout.Product([rows, columns])];
        for (int i = 0; i < values.Length; i++)
        {
            for (int k = 0; k < inner; k++)
            {
                values[i] += a[i / columns * inner + k] * b[k * columns + i % columns];
            }
        }

        return OnnxArray.Constant([rows, columns], values);
    }
}
