namespace NanoFormer.Model;

/// <summary>The type of a tensor's elements; the value is the size of one in bytes, as in the image.</summary>
public enum ElementType
{
    /// <summary>Activations, weights, tables and constant operands.</summary>
    Int8 = 1,

    /// <summary>Raw samples.</summary>
    Int16 = 2,

    /// <summary>Channel constants, exponentials and running sums.</summary>
    Int32 = 4,
}
