using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>
/// Where each element of an array lies in what it was taken from. Operators that only move elements give another layout, so that no chain
/// of
/// them needs to be recognized: what counts is what ends up where.
/// </summary>
/// <param name="Shape">Row-major; none for a scalar.</param>
/// <param name="Positions">For each element its index in the origin.</param>
internal sealed record ArrayLayout(int[] Shape, int[] Positions)
{
    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>Elements in their own order.</summary>
    public static ArrayLayout Plain(params int[] shape) => new(shape, [.. Enumerable.Range(0, Product(shape))]);

    /// <summary>Number of elements of a shape.</summary>
    public static int Product(IEnumerable<int> shape) => shape.Aggregate(1, (count, size) => checked(count * size));

    /// <summary>An axis counted from the front.</summary>
    public int Axis(long axis) => (int)(axis < 0 ? axis + Rank : axis);

    /// <summary>Whether two layouts have one shape and the same positions.</summary>
    public bool IsSame(ArrayLayout other) => Shape.SequenceEqual(other.Shape) && Positions.SequenceEqual(other.Positions);

    /// <summary>The same elements in another shape, in which 0 keeps a size and -1 stands for what is left.</summary>
    public ArrayLayout Reshape(IReadOnlyList<long> sizes, bool isZeroKept = true)
    {
        int[] shape = [.. sizes.Select((size, i) => size == 0 && isZeroKept ? Shape[i] : (int)size)];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = -Positions.Length / Product(shape);
        }

        return Product(shape) == Positions.Length ? this with { Shape = shape } : throw new ArgumentException("The sizes do not fit.");
    }

    /// <summary>Dimension <c>i</c> of the result is dimension <c>order[i]</c>.</summary>
    public ArrayLayout Transpose(int[] order) =>
        new([.. order.Select(axis => Shape[axis])], new Reordering(Shape, order).Apply(Positions));

    /// <summary>The given indices along an axis.</summary>
    public ArrayLayout Take(int axis, int[] indices)
    {
        int inner = Product(Shape[(axis + 1)..]);
        int size = Shape[axis];
        var positions = new List<int>();
        for (int outer = 0; outer < Product(Shape[..axis]); outer++)
        {
            foreach (int index in indices)
            {
                positions.AddRange(Positions.AsSpan((outer * size + (index < 0 ? index + size : index)) * inner, inner));
            }
        }

        int[] shape = [.. Shape];
        shape[axis] = indices.Length;
        return new ArrayLayout(shape, [.. positions]);
    }

    /// <summary>The elements repeated along dimensions of size 1, as far as a shape asks for it.</summary>
    public ArrayLayout Broadcast(int[] shape)
    {
        int[] own = [.. Enumerable.Repeat(1, Math.Max(0, shape.Length - Rank)), .. Shape];
        int[] target = [.. Enumerable.Repeat(1, Math.Max(0, Rank - shape.Length)), .. shape];
        ArrayLayout result = this with { Shape = own };
        for (int axis = 0; axis < own.Length; axis++)
        {
            if (own[axis] == 1 && target[axis] > 1)
            {
                result = result.Take(axis, new int[target[axis]]);
            }
        }

        return result;
    }
}
