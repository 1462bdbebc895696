namespace NanoFormer.Interchange;

/// <summary>A flatbuffer of one subgraph before it is written.</summary>
/// <param name="Name">Of the model.</param>
/// <param name="Tensors">All tensors; operators name them by index.</param>
/// <param name="Operators">In the order they run.</param>
/// <param name="Inputs">Tensors that the caller brings.</param>
/// <param name="Output">The result.</param>
/// <param name="Metadata">Text for those who read the file, by name.</param>
internal sealed record TfliteModel(
    string Name,
    IReadOnlyList<TfliteTensor> Tensors,
    IReadOnlyList<TfliteOperator> Operators,
    IReadOnlyList<int> Inputs,
    int Output,
    IReadOnlyDictionary<string, string> Metadata);

/// <summary>A tensor of a file.</summary>
/// <param name="Name">For people and tools.</param>
/// <param name="Shape">Row-major; images are <c>[batch, height, width, channels]</c>.</param>
/// <param name="Type">The type of every element.</param>
/// <param name="Quantization">Null for plain integers.</param>
/// <param name="Data">The little-endian values of a constant; empty for a tensor that an operator writes or the caller brings.</param>
internal sealed record TfliteTensor(
    string Name, IReadOnlyList<int> Shape, TfliteType Type, TfliteQuantization? Quantization, ReadOnlyMemory<byte> Data);

/// <summary>How a tensor's integers stand for real values: <c>scale * (q - zero point)</c>.</summary>
/// <param name="Scales">One, or one for each index along <paramref name="Dimension"/>.</param>
/// <param name="ZeroPoint">The value that stands for 0; with several scales, that of each.</param>
/// <param name="Dimension">The dimension that several scales run along.</param>
internal sealed record TfliteQuantization(IReadOnlyList<float> Scales, int ZeroPoint, int Dimension = 0)
{
    /// <summary>One scale for the whole tensor.</summary>
    public TfliteQuantization(float scale, int zeroPoint)
        : this([scale], zeroPoint)
    {
    }

    /// <summary>The scale of a tensor that has one.</summary>
    public float Scale => Scales[0];
}

/// <summary>A builtin operator of a file.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Inputs">Indices of tensors.</param>
/// <param name="Output">The index of the tensor it writes.</param>
/// <param name="Options">Its options.</param>
internal sealed record TfliteOperator(TfliteKind Kind, IReadOnlyList<int> Inputs, int Output, TfliteOptions Options);

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

/// <summary>Types of tensors; numbers as in the public schema.</summary>
internal enum TfliteType : sbyte
{
    Int32 = 2,
    Int8 = 9,
}

/// <summary>Fused non-linearities; numbers as in the public schema.</summary>
internal enum TfliteActivation : sbyte
{
    None = 0,
    Relu = 1,
    Relu6 = 3,
}
