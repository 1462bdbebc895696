namespace NanoFormer.Interchange.Tflite;

/// <summary>The builtin operators in use; numbers as in the public schema.</summary>
internal enum TfliteKind
{
    Add = 0,
    Concatenation = 2,
    Conv2d = 3,
    DepthwiseConv2d = 4,
    Reshape = 22,
    Softmax = 25,
    Pad = 34,
    Gather = 36,
    Transpose = 39,
    Mean = 40,
    StridedSlice = 45,
    Cast = 53,
    Maximum = 55,
    Minimum = 57,
    Quantize = 114,
    BatchMatMul = 126,
}
