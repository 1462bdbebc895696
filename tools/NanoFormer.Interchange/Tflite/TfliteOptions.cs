using Google.FlatBuffers;

namespace NanoFormer.Interchange;

/// <summary>The options table of an operator.</summary>
/// <param name="UnionType">Which member of the union <c>BuiltinOptions</c> it is.</param>
/// <param name="FieldCount">Fields of the table.</param>
internal abstract record TfliteOptions(byte UnionType, int FieldCount)
{
    /// <summary>Adds the fields that are not at their defaults to a table that was begun.</summary>
    public abstract void AddFields(FlatBufferBuilder builder);

    /// <summary>The options of an operator that has nothing to choose.</summary>
    public static TfliteOptions Empty(TfliteKind kind) => new EmptyOptions(kind switch
    {
        TfliteKind.Reshape => 17,
        TfliteKind.Pad => 22,
        TfliteKind.Transpose => 26,
        TfliteKind.Maximum or TfliteKind.Minimum => 39,
        TfliteKind.Quantize => 89,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This operator has options."),
    });
}

/// <summary>No fields, or all at their defaults.</summary>
internal sealed record EmptyOptions(byte UnionType) : TfliteOptions(UnionType, 1)
{
    public override void AddFields(FlatBufferBuilder builder)
    {
    }
}

/// <summary>CONV_2D; the stride is along the width.</summary>
internal sealed record Conv2dOptions(bool IsPadded, int Stride, TfliteActivation Activation) : TfliteOptions(1, 7)
{
    private const sbyte Valid = 1;

    public override void AddFields(FlatBufferBuilder builder)
    {
        builder.AddSbyte(0, IsPadded ? (sbyte)0 : Valid, 0);
        builder.AddInt(1, Stride, 0);
        builder.AddInt(2, 1, 0);
        builder.AddSbyte(3, (sbyte)Activation, 0);
    }
}

/// <summary>DEPTHWISE_CONV_2D with one output a channel; the stride is along the width.</summary>
internal sealed record DepthwiseOptions(bool IsPadded, int Stride, TfliteActivation Activation) : TfliteOptions(2, 7)
{
    private const sbyte Valid = 1;

    public override void AddFields(FlatBufferBuilder builder)
    {
        builder.AddSbyte(0, IsPadded ? (sbyte)0 : Valid, 0);
        builder.AddInt(1, Stride, 0);
        builder.AddInt(2, 1, 0);
        builder.AddInt(3, 1, 0);
        builder.AddSbyte(4, (sbyte)Activation, 0);
    }
}

/// <summary>SOFTMAX of beta times the input.</summary>
internal sealed record SoftmaxOptions(float Beta) : TfliteOptions(9, 1)
{
    public override void AddFields(FlatBufferBuilder builder) => builder.AddFloat(0, Beta, 0);
}

/// <summary>CONCATENATION.</summary>
internal sealed record ConcatenationOptions(int Axis) : TfliteOptions(10, 2)
{
    public override void AddFields(FlatBufferBuilder builder) => builder.AddInt(0, Axis, 0);
}

/// <summary>ADD.</summary>
internal sealed record AddOptions(TfliteActivation Activation) : TfliteOptions(11, 2)
{
    public override void AddFields(FlatBufferBuilder builder) => builder.AddSbyte(0, (sbyte)Activation, 0);
}

/// <summary>GATHER along the first dimension.</summary>
internal sealed record GatherOptions() : TfliteOptions(23, 2)
{
    public override void AddFields(FlatBufferBuilder builder) => builder.AddInt(0, 0, 0);
}

/// <summary>MEAN that keeps the number of dimensions.</summary>
internal sealed record ReducerOptions() : TfliteOptions(27, 1)
{
    public override void AddFields(FlatBufferBuilder builder) => builder.AddBool(0, true, false);
}

/// <summary>STRIDED_SLICE from begin to end.</summary>
internal sealed record StridedSliceOptions() : TfliteOptions(32, 6)
{
    public override void AddFields(FlatBufferBuilder builder)
    {
    }
}

/// <summary>CAST.</summary>
internal sealed record CastOptions(TfliteType From, TfliteType To) : TfliteOptions(37, 2)
{
    public override void AddFields(FlatBufferBuilder builder)
    {
        builder.AddSbyte(0, (sbyte)From, 0);
        builder.AddSbyte(1, (sbyte)To, 0);
    }
}

/// <summary>BATCH_MATMUL, the second operand transposed or not.</summary>
internal sealed record BatchMatMulOptions(bool IsSecondTransposed) : TfliteOptions(101, 3)
{
    public override void AddFields(FlatBufferBuilder builder) => builder.AddBool(1, IsSecondTransposed, false);
}
