namespace NanoFormer.Model;

/// <summary>Along what two tensors are joined; numbers as in the image.</summary>
public enum ConcatAxis
{
    /// <summary>The rows of the first, then those of the second.</summary>
    Rows = 0,

    /// <summary>In every row, the columns of the first, then those of the second.</summary>
    Columns = 1,
}
