namespace NanoFormer.Interchange.Onnx.Import;

/// <content>Nodes that only move elements, or not even that.</content>
public sealed partial class OnnxImporter
{
    /// <summary>The results of such a node; null for other nodes.</summary>
    private static OnnxArray[]? Move(OnnxNode node, OnnxArray[] inputs)
    {
        if (node.Operator == "Split")
        {
            return Split(node, inputs);
        }

        ArrayLayout? layout = inputs.Length == 0 ? null : MovedLayout(node, inputs);
        return layout is null ? null : [inputs[0] with { Layout = layout }];
    }

    private static ArrayLayout? MovedLayout(OnnxNode node, OnnxArray[] inputs)
    {
        ArrayLayout layout = inputs[0].Layout;
        return node.Operator switch
        {
            "Identity" or "Cast" or "Dropout" => layout,
            "Reshape" => layout.Reshape(inputs[1].Integers(), node.Int("allowzero", 0) == 0),
            "Flatten" => Flatten(layout, layout.Axis(node.Int("axis", 1))),
            "Transpose" => layout.Transpose(node.Ints("perm") is { } order
                ? Array.ConvertAll(order, axis => (int)axis)
                : [.. Enumerable.Range(0, layout.Rank).Reverse()]),
            "Unsqueeze" => Unsqueeze(layout, AxesOf(node, inputs)!),
            "Squeeze" => Squeeze(layout, AxesOf(node, inputs)),
            "Expand" => layout.Broadcast([.. inputs[1].Integers().Select(size => (int)size)]),
            "Slice" => Slice(node, inputs),
            "Gather" when inputs[1].IsConstant => Gather(layout, layout.Axis(node.Int("axis", 0)), inputs[1]),
            _ => null,
        };
    }

    /// <summary>Axes are an input, in old files an attribute; null when there are none.</summary>
    private static long[]? AxesOf(OnnxNode node, OnnxArray[] inputs) => inputs.Length > 1 ? inputs[1].Integers() : node.Ints("axes");

    private static ArrayLayout Flatten(ArrayLayout layout, int axis) =>
        layout with { Shape = [ArrayLayout.Product(layout.Shape[..axis]), ArrayLayout.Product(layout.Shape[axis..])] };

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
        int[]? given = axes is null ? null : Array.ConvertAll(axes, layout.Axis);
        return layout with { Shape = [.. layout.Shape.Where((size, axis) => size != 1 || (given is not null && !given.Contains(axis)))] };
    }

    private static ArrayLayout Gather(ArrayLayout layout, int axis, OnnxArray indices)
    {
        ArrayLayout taken = layout.Take(axis, [.. indices.Integers().Select(index => (int)index)]);
        return taken with { Shape = [.. taken.Shape[..axis], .. indices.Shape, .. taken.Shape[(axis + 1)..]] };
    }

    /// <summary>Starts, ends, axes and steps are inputs; in old files, attributes without steps.</summary>
    private static ArrayLayout Slice(OnnxNode node, OnnxArray[] inputs)
    {
        ArrayLayout layout = inputs[0].Layout;
        long[] starts = inputs.Length > 1 ? inputs[1].Integers() : node.Ints("starts")!;
        long[] ends = inputs.Length > 2 ? inputs[2].Integers() : node.Ints("ends")!;
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
        long first = Math.Clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
        long last = Math.Clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
        var indices = new List<int>();
        for (long i = first; step > 0 ? i < last : i > last; i += step)
        {
            indices.Add((int)i);
        }

        return [.. indices];
    }

    private static OnnxArray[] Split(OnnxNode node, OnnxArray[] inputs)
    {
        ArrayLayout layout = inputs[0].Layout;
        int axis = layout.Axis(node.Int("axis", 0));
        int count = node.Outputs.Count;
        int equal = (layout.Shape[axis] + count - 1) / count;
        long[] sizes = inputs.Length > 1
            ? inputs[1].Integers()
            : node.Ints("split") ?? [.. Enumerable.Range(0, count).Select(i => (long)Math.Min(equal, layout.Shape[axis] - i * equal))];
        int first = 0;
        var parts = new List<OnnxArray>();
        foreach (long size in sizes)
        {
            parts.Add(inputs[0] with { Layout = layout.Take(axis, [.. Enumerable.Range(first, (int)size)]) });
            first += (int)size;
        }

        return [.. parts];
    }
}
