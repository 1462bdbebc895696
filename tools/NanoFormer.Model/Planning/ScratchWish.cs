namespace NanoFormer.Model;

/// <summary>
/// How much scratch the shipped kernels would like beyond what an operator must have, to hold operands widened to 16 bits
/// (MODEL-IMAGE.md, "Scratch"), and what it saves.
/// </summary>
public static class ScratchWish
{
    /// <summary>Input rows that the kernels hold widened at a time, at most.</summary>
    private const int MostRows = 16;

    /// <summary>Input rows with which they run nearly as well.</summary>
    private const int LesserRows = 8;

    /// <summary>Bytes with which the kernels are fastest.</summary>
    /// <param name="step">The operator.</param>
    /// <param name="rows">Rows it computes at a time.</param>
    public static int Full(Operator step, int rows) => Of(step, rows, MostRows);

    /// <summary>Bytes with which they are nearly as fast: an arena grows for these by default.</summary>
    /// <param name="step">The operator.</param>
    /// <param name="rows">Rows it computes at a time.</param>
    public static int Lesser(Operator step, int rows) => Of(step, rows, LesserRows);

    /// <summary>How often a linear layer widens all of its weights in one call, if it is given so many bytes.</summary>
    public static int WeightPasses(Linear linear, int rows, int bytes)
    {
        int inputs = Widened(linear.Input.Columns);
        int held = Math.Clamp((bytes - 4 * inputs) / (2 * inputs), 1, MostRows);
        return (rows + held - 1) / held;
    }

    private static int Of(Operator step, int rows, int mostRows) => step switch
    {
        Linear linear => Product(linear.Input.Columns, rows, mostRows),
        Conv1d conv => Product(conv.Kernel * conv.Input.Columns, rows, mostRows),
        Attention attention => Math.Max(Product(attention.Input.Columns, rows, mostRows), Rows(attention)),
        LinearAttention attention => Product(attention.Input.Columns, rows, mostRows),
        _ => 0,
    };

    /// <summary>Two rows of weights and some rows of inputs.</summary>
    private static int Product(int inputs, int rows, int mostRows) => Widened(inputs) * (4 + 2 * Math.Min(rows, mostRows));

    /// <summary>Keys and values of a head, and rows of scores.</summary>
    private static int Rows(Attention attention)
    {
        int tokens = Widened(attention.State is null ? attention.Input.Rows : attention.Reach.Before + 1);
        return 4 * tokens * Widened(attention.HeadColumns) + 8 * tokens;
    }

    private static int Widened(int count) => (count + 3) & ~3;
}
