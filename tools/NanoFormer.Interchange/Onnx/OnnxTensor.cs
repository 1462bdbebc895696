using System.Runtime.InteropServices;

namespace NanoFormer.Interchange.Onnx;

/// <summary>A constant tensor.</summary>
/// <param name="Name">Its name in the graph; empty for one inside an attribute.</param>
/// <param name="Dimensions">Row-major; none for a scalar.</param>
/// <param name="Type">The type of every element.</param>
/// <param name="Data">The little-endian values.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<long> Dimensions, OnnxDataType Type, byte[] Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Dimensions.Aggregate(1L, (count, size) => count * size);

    /// <summary>A float tensor.</summary>
    public static OnnxTensor Of(string name, IReadOnlyList<long> dimensions, ReadOnlySpan<float> values) =>
        new(name, dimensions, OnnxDataType.Float, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>An int8 tensor.</summary>
    public static OnnxTensor Of(string name, IReadOnlyList<long> dimensions, ReadOnlySpan<sbyte> values) =>
        new(name, dimensions, OnnxDataType.Int8, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A one-dimensional int64 tensor.</summary>
    public static OnnxTensor Of(string name, params ReadOnlySpan<long> values) =>
        new(name, [values.Length], OnnxDataType.Int64, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values as doubles, whatever their type.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadTensor"/> for types that networks do not use.</exception>
    public double[] ToDoubles() => Type switch
    {
        OnnxDataType.Float => Widen<float>(value => value),
        OnnxDataType.Double => Widen<double>(value => value),
        OnnxDataType.Int64 => Widen<long>(value => value),
        OnnxDataType.Int32 => Widen<int>(value => value),
        OnnxDataType.Int8 => Widen<sbyte>(value => value),
        OnnxDataType.Bool => Widen<byte>(value => value),
        _ => throw new InterchangeException(InterchangeError.BadTensor,
            $"Tensor '{Name}' holds data type {(int)Type}; export it as float32."),
    };

    private double[] Widen<T>(Converter<T, double> convert)
        where T : struct => Array.ConvertAll(MemoryMarshal.Cast<byte, T>(Data).ToArray(), convert);
}
