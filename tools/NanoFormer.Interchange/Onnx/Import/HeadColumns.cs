using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>The part of a matrix that the heads of an attention read: each its own columns, of all rows.</summary>
/// <param name="Value">The matrix.</param>
/// <param name="Columns">Of each head, the columns in order.</param>
internal sealed record HeadColumns(FloatValue Value, int[][] Columns)
{
    /// <summary>Columns of a head.</summary>
    public int Size => Columns[0].Length;

    /// <summary>
    /// The columns that an array <c>[..., S, P]</c> takes of a matrix of S rows, with <paramref name="isTransposed"/> an array
    /// <c>[..., P, S]</c>; null when it does not take the same ones of every row, or the rows in another order.
    /// </summary>
    public static HeadColumns? Of(FloatValue value, ArrayLayout layout, bool isTransposed)
    {
        if (layout.Rank < 2)
        {
            return null;
        }

        (int rows, int size) = isTransposed ? (layout.Shape[^1], layout.Shape[^2]) : (layout.Shape[^2], layout.Shape[^1]);
        if (rows != value.Rows)
        {
            return null;
        }

        int heads = ArrayLayout.Product(layout.Shape[..^2]);
        var columns = new int[heads][];
        for (int head = 0; head < heads; head++)
        {
            int[] part = layout.Positions[(head * rows * size)..((head + 1) * rows * size)];
            int[] byRows = isTransposed ? new Reordering([size, rows], [1, 0]).Apply(part) : part;
            columns[head] = byRows[..size];
            for (int i = 0; i < byRows.Length; i++)
            {
                int expected = i / size * value.Columns + columns[head][i % size];
                if (byRows[i] != expected || columns[head][i % size] >= value.Columns)
                {
                    return null;
                }
            }
        }

        return new HeadColumns(value, columns);
    }
}
