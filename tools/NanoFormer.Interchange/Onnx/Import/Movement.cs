namespace NanoFormer.Interchange;

/// <summary>Nodes that only move elements, or not even that.</summary>
internal static class Movement
{
    /// <summary>The results of such a node; null for other nodes.</summary>
    public static OnnxArray[]? Of(NodeProto node, OnnxArray[] inputs)
    {
        if (node.OpType == "Split")
        {
            return Split(node, inputs);
        }

        if (node.OpType is "Cast" or "CastLike" && !inputs[0].IsConstant)
        {
            bool isInteger = node.OpType == "Cast"
                ? Constants.IsInteger((DataType)node.Int("to", 0))
                : inputs[1].Origin is ConstantOrigin { IsInteger: true };
            return isInteger ? throw new Refusal("it rounds the network's values to whole numbers; leave the cast out") : [inputs[0]];
        }

        return inputs.Length > 0 && Layout(node, inputs) is { } layout ? [inputs[0] with { Layout = layout }] : null;
    }

    /// <summary>Axes are an input, in old files an attribute; null when there are none.</summary>
    public static long[]? AxesOf(NodeProto node, OnnxArray[] inputs) => inputs.Length > 1 ? inputs[1].Integers() : node.Ints("axes");

    private static ArrayLayout? Layout(NodeProto node, OnnxArray[] inputs)
    {
        var layout = inputs[0].Layout;
        return node.OpType switch
        {
            "Identity" => layout,
            "Dropout" => inputs.Length > 2 && inputs[2].Numbers()[0] != 0
                ? throw new Refusal("it drops values at random; export model.eval()")
                : layout,
            "Reshape" => layout.Reshape(inputs[1].Integers(), node.Int("allowzero", 0) == 0),
            "Flatten" => Flatten(layout, node.Int("axis", 1)),
            "Transpose" => layout.Transpose(node.Ints("perm") is { } order
                ? Array.ConvertAll(order, axis => checked((int)axis))
                : [.. Enumerable.Range(0, layout.Rank).Reverse()]),
            "Unsqueeze" => Unsqueeze(layout, AxesOf(node, inputs) ?? throw new ArgumentException("It names no axes.")),
            "Squeeze" => Squeeze(layout, AxesOf(node, inputs)),
            "Expand" => layout.Broadcast(inputs[1].Sizes()),
            "Tile" => Tile(layout, inputs[1].Sizes()),
            "Slice" => Slice(node, inputs),
            "Gather" when inputs[1].IsConstant => Gather(layout, layout.Axis(node.Int("axis", 0)), inputs[1]),
            _ => null,
        };
    }

    private static ArrayLayout Flatten(ArrayLayout layout, long axis)
    {
        int first = axis == layout.Rank ? layout.Rank : layout.Axis(axis);
        return layout with { Shape = [ArrayLayout.Product(layout.Shape[..first]), ArrayLayout.Product(layout.Shape[first..])] };
    }

    private static ArrayLayout Unsqueeze(ArrayLayout layout, long[] axes)
    {
        int rank = layout.Rank + axes.Length;
        var shape = new List<int>(layout.Shape);
        foreach (long axis in axes.Select(axis => axis < 0 ? axis + rank : axis).Order())
        {
            shape.Insert((int)axis, 1);
        }

        return layout with { Shape = [.. shape] };
    }

    private static ArrayLayout Squeeze(ArrayLayout layout, long[]? axes)
    {
        int[] removed = axes is null
            ? [.. Enumerable.Range(0, layout.Rank).Where(axis => layout.Shape[axis] == 1)]
            : [.. axes.Select(layout.Axis)];
        return removed.All(axis => layout.Shape[axis] == 1)
            ? layout with { Shape = [.. layout.Shape.Where((_, axis) => !removed.Contains(axis))] }
            : throw new ArgumentException("It removes a dimension of more than one element.");
    }

    private static ArrayLayout Tile(ArrayLayout layout, int[] repeats)
    {
        for (int axis = 0; axis < layout.Rank; axis++)
        {
            int size = layout.Shape[axis];
            int count = ArrayLayout.Product([size, repeats[axis]]);
            layout = repeats[axis] == 1 ? layout : layout.Take(axis, [.. Enumerable.Range(0, count).Select(i => i % size)]);
        }

        return layout;
    }

    private static ArrayLayout Gather(ArrayLayout layout, int axis, OnnxArray indices)
    {
        var taken = layout.Take(axis, indices.Sizes());
        return taken with { Shape = [.. taken.Shape[..axis], .. indices.Shape, .. taken.Shape[(axis + 1)..]] };
    }

    /// <summary>Starts, ends, axes and steps are inputs; in old files, attributes without steps.</summary>
    private static ArrayLayout Slice(NodeProto node, OnnxArray[] inputs)
    {
        var layout = inputs[0].Layout;
        long[] starts = inputs.Length > 1 ? inputs[1].Integers() : node.Ints("starts") ?? [];
        long[] ends = inputs.Length > 2 ? inputs[2].Integers() : node.Ints("ends") ?? [];
        long[] axes = inputs.Length > 3 ? inputs[3].Integers() : node.Ints("axes")
            ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = inputs.Length > 4 ? inputs[4].Integers() : [.. axes.Select(_ => 1L)];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = layout.Axis(axes[i]);
            layout = layout.Take(axis, Indices(starts[i], ends[i], steps[i], layout.Shape[axis]));
        }

        return layout;
    }

    private static int[] Indices(long start, long end, long step, int size)
    {
        if (step == 0 || size == 0)
        {
            return step == 0 ? throw new ArgumentException("Its step is 0.") : [];
        }

        long first = Math.Clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
        long last = Math.Clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
        var indices = new List<int>();
        for (long i = first; step > 0 ? i < last : i > last; i += Math.Clamp(step, -size, size))
        {
            indices.Add((int)i);
        }

        return [.. indices];
    }

    private static OnnxArray[] Split(NodeProto node, OnnxArray[] inputs)
    {
        var layout = inputs[0].Layout;
        int axis = layout.Axis(node.Int("axis", 0));
        int count = node.Output.Count;
        int equal = (layout.Shape[axis] + count - 1) / count;
        long[] sizes = inputs.Length > 1
            ? inputs[1].Integers()
            : node.Ints("split") ?? [.. Enumerable.Range(0, count).Select(i => (long)Math.Min(equal, layout.Shape[axis] - i * equal))];
        return Parts(inputs[0], axis, sizes);
    }

    /// <summary>The parts of a SplitToSequence: of one size or of given ones, or single indices.</summary>
    public static OnnxArray[] Sequence(NodeProto node, OnnxArray[] inputs)
    {
        var layout = inputs[0].Layout;
        int axis = layout.Axis(node.Int("axis", 0));
        int size = layout.Shape[axis];
        long[] given = inputs.Length > 1 ? inputs[1].Integers() : [1];
        if (inputs.Length > 1 && inputs[1].Layout.Rank == 1)
        {
            return Parts(inputs[0], axis, given);
        }

        int each = Math.Max(1, ArrayLayout.Limited(given[0]));
        int count = (size + each - 1) / each;
        var parts = Parts(inputs[0], axis, [.. Enumerable.Range(0, count).Select(i => (long)Math.Min(each, size - i * each))]);
        // PyTorch's exporter and ONNX Runtime leave the dimension out for single indices, whether their size is given or not.
        return each > 1 || node.Int("keepdims", 1) != 0
            ? parts
            : [.. parts.Select(part => part with { Layout = Squeeze(part.Layout, [axis]) })];
    }

    private static OnnxArray[] Parts(OnnxArray array, int axis, long[] sizes)
    {
        if (sizes.Any(size => size < 0) || sizes.Sum() != array.Shape[axis])
        {
            throw new ArgumentException($"The parts [{string.Join(", ", sizes)}] do not make {array.Shape[axis]}.");
        }

        int first = 0;
        var parts = new List<OnnxArray>();
        foreach (long size in sizes)
        {
            parts.Add(array with { Layout = array.Layout.Take(axis, [.. Enumerable.Range(first, (int)size)]) });
            first += (int)size;
        }

        return [.. parts];
    }
}
