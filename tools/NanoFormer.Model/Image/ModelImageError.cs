namespace NanoFormer.Model;

/// <summary>Why an image is refused; names and numbers are those of <c>nf_status</c> in engine.h.</summary>
public enum ModelImageError
{
    /// <summary>Fewer bytes than the image says it has, or than a header.</summary>
    Truncated = -3,

    /// <summary>Not a model image.</summary>
    BadMagic = -4,

    /// <summary>An image of another format version.</summary>
    UnsupportedVersion = -5,

    /// <summary>Bytes damaged in storage or on the way.</summary>
    BadChecksum = -6,

    /// <summary>A header field out of range, or a section outside the image.</summary>
    BadHeader = -7,

    /// <summary>A tensor record out of range.</summary>
    BadTensor = -8,

    /// <summary>Operands, shapes or parameters of an operator do not fit together.</summary>
    BadOperator = -9,

    /// <summary>An operator kind this reader does not know.</summary>
    UnsupportedOperator = -10,

    /// <summary>The arena plan reads bytes not yet written, or overwrites live ones.</summary>
    BadPlan = -11,

    /// <summary>A softmax table or quantization constant out of range.</summary>
    BadTable = -12,

    /// <summary>More bytes than the image says it has.</summary>
    Oversized = -18,
}
