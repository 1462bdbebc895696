namespace NanoFormer.Interchange.Onnx.Import;

/// <content>Known numbers: constants of the file, and what exporters compute of shapes.</content>
public sealed partial class OnnxImporter
{
    private static OnnxArray Constant(OnnxTensor tensor) =>
        OnnxArray.Constant([.. tensor.Dimensions.Select(size => (int)size)], tensor.ToDoubles());

    /// <summary>Nodes whose result does not depend on any value.</summary>
    private OnnxArray Source(OnnxNode node)
    {
        switch (node.Operator)
        {
            case "Shape":
                int[] shape = Find(node.Inputs[0]).Shape;
                return OnnxArray.Constant([shape.Length], Array.ConvertAll(shape, size => (double)size));
            case "ConstantOfShape":
                int[] target = [.. Find(node.Inputs[0]).Integers().Select(size => (int)size)];
                double value = node.Find("value")?.Tensor?.ToDoubles()[0] ?? 0;
                var filled = new double[ArrayLayout.Product(target)];
                Array.Fill(filled, value);
                return OnnxArray.Constant(target, filled);
            default:
                return node.Attributes is not [var attribute, ..] ? throw NotSupported("it has no value") : attribute switch
                {
                    { Tensor: { } tensor } => Constant(tensor),
                    { Int: { } number } => OnnxArray.Constant([], [number]),
                    { Float: { } number } => OnnxArray.Constant([], [number]),
                    { Ints: { } numbers } => OnnxArray.Constant([numbers.Count], [.. numbers.Select(number => (double)number)]),
                    { Floats: { } numbers } => OnnxArray.Constant([numbers.Count], [.. numbers.Select(number => (double)number)]),
                    _ => throw NotSupported("its value is of a kind that networks do not use"),
                };
        }
    }

    /// <summary>A node all of whose inputs are known.</summary>
    private OnnxArray Fold(OnnxNode node, OnnxArray[] inputs)
    {
        if (node.Operator == "Concat")
        {
            return Concatenate(inputs, inputs[0].Layout.Axis(node.Int("axis", 0)));
        }

        if (node.Operator == "Where")
        {
            int[] shape = Broadcast(Broadcast(inputs[0].Shape, inputs[1].Shape), inputs[2].Shape);
            double[][] parts = [.. inputs.Select(input => (input with { Layout = input.Layout.Broadcast(shape) }).Numbers())];
            return OnnxArray.Constant(shape, [.. parts[0].Select((condition, i) => condition != 0 ? parts[1][i] : parts[2][i])]);
        }

        if (Elements.Unary(node, inputs) is { } unary)
        {
            return OnnxArray.Constant(inputs[0].Shape, Array.ConvertAll(inputs[0].Numbers(), value => unary(value)));
        }

        if (inputs.Length == 2 && Elements.Binary(node.Operator) is { } binary)
        {
            int[] shape = Broadcast(inputs[0].Shape, inputs[1].Shape);
            double[] first = (inputs[0] with { Layout = inputs[0].Layout.Broadcast(shape) }).Numbers();
            double[] second = (inputs[1] with { Layout = inputs[1].Layout.Broadcast(shape) }).Numbers();
            return OnnxArray.Constant(shape, [.. first.Zip(second, binary)]);
        }

        throw NotSupported(
            "it computes a constant in a way that is not understood; simplify the model, or export it with constant folding");
    }

    private static OnnxArray Concatenate(OnnxArray[] parts, int axis)
    {
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        int outer = ArrayLayout.Product(shape[..axis]);
        var values = new List<double>();
        for (int i = 0; i < outer; i++)
        {
            foreach (OnnxArray part in parts)
            {
                int size = part.Layout.Positions.Length / outer;
                values.AddRange(part.Numbers().AsSpan(i * size, size));
            }
        }

        return OnnxArray.Constant(shape, [.. values]);
    }

    private static int[] Broadcast(int[] first, int[] second)
    {
        int rank = Math.Max(first.Length, second.Length);
        return [.. Enumerable.Range(0, rank).Select(i => Math.Max(Size(first, i), Size(second, i)))];

        int Size(int[] shape, int axis) => axis < rank - shape.Length ? 1 : shape[axis - rank + shape.Length];
    }
}
