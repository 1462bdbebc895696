namespace NanoFormer.Model;

/// <summary>How much the operators of a step program remember (MODEL-IMAGE.md, "Tensor"), and how much they can.</summary>
internal static class StateSize
{
    /// <summary>Bytes at the head of a ring of slots: next slot and slots filled.</summary>
    private const int RingHeader = 16;

    /// <summary>int8 values: the rows before the new ones, and the new ones.</summary>
    public static long OfConvolution(int kernel, int stride, Tensor input) => ((long)kernel - stride + input.Rows) * input.Columns;

    /// <summary>int8 values: keys and values of all heads; the columns are those of the result.</summary>
    public static long OfAttention(int columns, AttentionReach reach) => RingHeader + 2L * columns * (reach.Before + 1);

    /// <summary>int32 values: M and Z of every head.</summary>
    public static long OfLinearAttention(int heads, int headColumns) => (long)heads * headColumns * (headColumns + 1);

    /// <summary>int8 values: sums and rows.</summary>
    public static long OfMean(int columns, int rowCount) => RingHeader + 4L * columns + (long)columns * rowCount;

    /// <summary>Whether a stream can remember what the attention looks back to.</summary>
    public static bool CanRemember(AttentionReach reach) => reach.After == 0 && reach.Before + 1 <= ImageFormat.MaxSoftmaxLength;

    /// <summary>Whether a state of so many values fits a tensor.</summary>
    public static bool Fits(long count) => count <= ImageFormat.MaxColumns;
}
