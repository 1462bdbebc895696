
namespace NanoFormer.Interchange;

/// <summary>Rows made of the elements of a matrix, each of the same ones counted from a row that moves on by a stride.</summary>
/// <param name="Value">The matrix.</param>
/// <param name="Rows">Number of rows made.</param>
/// <param name="Stride">Rows of the matrix from one of them to the next.</param>
/// <param name="Offsets">Of each column, the element it is: <c>row * Value.Columns + column</c>.</param>
internal sealed record RowGather(FloatValue Value, int Rows, int Stride, int[] Offsets)
{
    /// <summary>Columns of the rows made.</summary>
    public int Columns => Offsets.Length;

    /// <summary>Rows of the matrix that a row is made of.</summary>
    public int Kernel => Offsets.Max() / Value.Columns + 1;

    /// <summary>Whether it is the matrix as it is.</summary>
    public bool IsWhole => (Rows, Columns) == (Value.Rows, Value.Columns) && (Rows == 1 || Stride == 1) && IsRow(0);

    /// <summary>Whether it is the last row.</summary>
    public bool IsLast => Rows == 1 && Columns == Value.Columns && IsRow(Value.Rows - 1);

    /// <summary>Whether every column is made of that column.</summary>
    public bool IsByColumn => Columns == Value.Columns && !Offsets.Where((offset, c) => offset % Value.Columns != c).Any();

    /// <summary>Neighbouring columns of the last of every few rows; null for something else.</summary>
    public (int FirstColumn, int RowStep)? Selection
    {
        get
        {
            int step = Offsets[0] / Value.Columns + 1;
            bool isSelection = Rows == Value.Rows / step && (Rows == 1 || Stride == step) && Offsets[^1] / Value.Columns == step - 1
                && !Offsets.Where((offset, c) => offset != Offsets[0] + c).Any();
            return isSelection ? (Offsets[0] % Value.Columns, step) : null;
        }
    }

    /// <summary>The matrix as it is.</summary>
    public static RowGather Whole(FloatValue value) => new(value, value.Rows, 1, [.. Enumerable.Range(0, value.Columns)]);

    /// <summary>The rows that the last dimension of a layout is; null when they are not alike.</summary>
    public static RowGather? Of(FloatValue value, ArrayLayout layout)
    {
        int columns = layout.Rank == 0 ? 1 : layout.Shape[^1];
        if (layout.Count == 0)
        {
            return null;
        }

        int rows = layout.Count / columns;
        int[] offsets = layout.Positions[..columns];
        int move = rows == 1 ? value.Count : layout.Positions[columns] - offsets[0];
        if (move <= 0 || move % value.Columns != 0)
        {
            return null;
        }

        for (int i = columns; i < layout.Count; i++)
        {
            if (layout.Positions[i] != offsets[i % columns] + i / columns * move)
            {
                return null;
            }
        }

        return new RowGather(value, rows, move / value.Columns, offsets);
    }

    /// <summary>Whether two are of one matrix and take the same.</summary>
    public bool IsSame(RowGather other) =>
        (Value, Rows, Stride) == (other.Value, other.Rows, other.Stride) && Offsets.AsSpan().SequenceEqual(other.Offsets);

    private bool IsRow(int row) => !Offsets.Where((offset, c) => offset != row * Value.Columns + c).Any();
}
