
namespace NanoFormer.Interchange;

/// <summary>
/// Where each element of an array lies in what it was taken from. Operators that only move elements give another layout, so that no chain
/// of them needs to be recognized: what counts is what ends up where.
/// </summary>
/// <param name="Shape">Row-major; none for a scalar.</param>
/// <param name="Positions">For each element its index in the origin.</param>
internal sealed record ArrayLayout(int[] Shape, int[] Positions)
{
    /// <summary>The greatest array.</summary>
    private const int GreatestCount = 1 << 22;

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>Number of elements.</summary>
    public int Count => Positions.Length;

    /// <summary>Whether the elements are those of the origin, all of them in its order, as far as the layout goes.</summary>
    public bool IsInOrder => !Positions.Where((position, i) => position != i).Any();

    /// <summary>Elements in their own order.</summary>
    public static ArrayLayout Plain(params int[] shape) => new(shape, [.. Enumerable.Range(0, Product(shape))]);

    /// <summary>Number of elements of a shape.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.TooLarge"/>.</exception>
    public static int Product(IEnumerable<int> shape)
    {
        int count = 1;
        foreach (int size in shape)
        {
            if (size < 0)
            {
                throw new ArgumentException($"A dimension is {size}.");
            }

            count = Limited((long)count * size);
        }

        return count;
    }

    /// <summary>A number of elements that is not too great.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.TooLarge"/>.</exception>
    public static int Limited(long count) => count <= GreatestCount ? (int)count : throw new InterchangeException(
        InterchangeError.TooLarge,
        $"An array has {count} elements, more than {GreatestCount}. No microcontroller holds such a network; use a smaller one.");

    /// <summary>An axis counted from the front.</summary>
    public int Axis(long axis) => axis >= -Rank && axis < Rank
        ? (int)(axis < 0 ? axis + Rank : axis)
        : throw new ArgumentException($"There is no axis {axis} in {Rank} dimensions.");

    /// <summary>Whether two layouts have one shape and the same positions.</summary>
    public bool IsSame(ArrayLayout other) => Shape.AsSpan().SequenceEqual(other.Shape) && Positions.AsSpan().SequenceEqual(other.Positions);

    /// <summary>The same elements in another shape, in which 0 keeps a size and -1 stands for what is left.</summary>
    public ArrayLayout Reshape(IReadOnlyList<long> sizes, bool isZeroKept = true)
    {
        int[] shape = [.. sizes.Select((size, i) => size == 0 && isZeroKept ? Shape[i] : Limited(size))];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = 1;
            int others = Product(shape);
            shape[open] = others == 0 ? 0 : Count / others;
        }

        return Product(shape) == Count ? this with { Shape = shape } : throw new ArgumentException(
            $"{Count} elements do not fit into the shape [{string.Join(", ", sizes)}].");
    }

    /// <summary>Dimension <c>i</c> of the result is dimension <c>order[i]</c>.</summary>
    public ArrayLayout Transpose(params int[] order) => order.Order().SequenceEqual(Enumerable.Range(0, Rank))
        ? new([.. order.Select(axis => Shape[axis])], new Reordering(Shape, order).Apply(Positions))
        : throw new ArgumentException($"[{string.Join(", ", order)}] is not an order of {Rank} dimensions.");

    /// <summary>The last two dimensions exchanged.</summary>
    public ArrayLayout Flipped() => Transpose([.. Enumerable.Range(0, Rank - 2), Rank - 1, Rank - 2]);

    /// <summary>The given indices along an axis.</summary>
    public ArrayLayout Take(int axis, int[] indices)
    {
        int inner = Product(Shape[(axis + 1)..]);
        int outer = Product(Shape[..axis]);
        int size = Shape[axis];
        if (indices.FirstOrDefault(index => index < -size || index >= size, -1) is var bad && (bad < -size || bad >= size))
        {
            throw new ArgumentException($"There is no index {bad} along an axis of {size}.");
        }

        int[] shape = [.. Shape];
        shape[axis] = indices.Length;
        int[] positions = new int[Product(shape)];
        int next = 0;
        for (int i = 0; i < outer; i++)
        {
            foreach (int index in indices)
            {
                Positions.AsSpan((i * size + (index < 0 ? index + size : index)) * inner, inner).CopyTo(positions.AsSpan(next));
                next += inner;
            }
        }

        return new ArrayLayout(shape, positions);
    }

    /// <summary>The shape that two shapes are repeated to.</summary>
    public static int[] Common(int[] first, int[] second)
    {
        int rank = Math.Max(first.Length, second.Length);
        return [.. Enumerable.Range(0, rank).Select(i => (Size(first, i), Size(second, i)) switch
        {
            (1, var size) => size,
            (var size, 1) => size,
            var (a, b) when a == b => a,
            var (a, b) => throw new ArgumentException($"The sizes {a} and {b} of one dimension do not fit."),
        })];

        int Size(int[] shape, int axis) => axis < rank - shape.Length ? 1 : shape[axis - rank + shape.Length];
    }

    /// <summary>The elements repeated along dimensions of size 1, to a shape that <see cref="Common"/> gives.</summary>
    public ArrayLayout Broadcast(int[] shape)
    {
        int[] target = Common(Shape, shape);
        var result = this with { Shape = [.. Enumerable.Repeat(1, target.Length - Rank), .. Shape] };
        _ = Product(target);
        for (int axis = 0; axis < target.Length; axis++)
        {
            if (result.Shape[axis] != target[axis])
            {
                result = result.Take(axis, new int[target[axis]]);
            }
        }

        return result;
    }
}
