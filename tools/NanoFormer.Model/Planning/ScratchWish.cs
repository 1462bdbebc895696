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
    public static int Full(Operator step, int rows) => step.WishedScratch(rows, MostRows);

    /// <summary>Bytes with which they are nearly as fast: an arena grows for these by default.</summary>
    /// <param name="step">The operator.</param>
    /// <param name="rows">Rows it computes at a time.</param>
    public static int Lesser(Operator step, int rows) => step.WishedScratch(rows, LesserRows);

    /// <summary>How often a linear layer widens all of its weights in one call, with a given amount of scratch.</summary>
    internal static int Passes(int inputs, int rows, int bytes)
    {
        int widened = Widened(inputs);
        int held = Math.Clamp((bytes - 4 * widened) / (2 * widened), 1, MostRows);
        return (rows + held - 1) / held;
    }

    /// <summary>Bytes of a product: two rows of weights and some rows of inputs.</summary>
    internal static int Product(int inputs, int rows, int mostRows) => Widened(inputs) * (4 + 2 * Math.Min(rows, mostRows));

    /// <summary>Values of a row that is widened, which takes 4 at a time.</summary>
    internal static int Widened(int count) => (count + 3) & ~3;
}
