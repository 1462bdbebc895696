
namespace NanoFormer.Interchange;

/// <summary>The part of a matrix that the heads of an attention read: each its own columns, of all rows.</summary>
/// <param name="Value">The matrix.</param>
/// <param name="Columns">Of each head, the columns in order.</param>
internal sealed record HeadColumns(FloatValue Value, int[][] Columns)
{
    /// <summary>Columns of a head.</summary>
    public int Size => Columns[0].Length;

    /// <summary>
    /// The columns that an array <c>[..., S, P]</c> takes of a matrix of S rows; null when it does not take the same ones of every row, or
    /// the rows in another order.
    /// </summary>
    public static HeadColumns? Of(FloatValue value, ArrayLayout layout)
    {
        if (layout.Rank < 2 || layout.Shape[^2] != value.Rows || layout.Count == 0)
        {
            return null;
        }

        (int rows, int size) = (layout.Shape[^2], layout.Shape[^1]);
        int heads = ArrayLayout.Product(layout.Shape[..^2]);
        int[][] columns = new int[heads][];
        for (int head = 0; head < heads; head++)
        {
            var part = layout.Positions.AsSpan(head * rows * size, rows * size);
            columns[head] = part[..size].ToArray();
            for (int i = 0; i < part.Length; i++)
            {
                int column = columns[head][i % size];
                if (column >= value.Columns || part[i] != i / size * value.Columns + column)
                {
                    return null;
                }
            }
        }

        return new HeadColumns(value, columns);
    }
}
