using System.Runtime.InteropServices;

namespace NanoFormer.Model;

/// <summary>A tensor whose values lie in the image: weights, channel constants, exponentials or a constant operand.</summary>
public sealed class ConstantTensor : Tensor
{
    private readonly ReadOnlyMemory<byte> _data;

    /// <summary>A constant over the little-endian bytes of its values, which are not copied.</summary>
    internal ConstantTensor(
        int rows, int columns, ElementType elementType, ReadOnlyMemory<byte> data, int zeroPoint, FixedMultiplier scale)
        : base(rows, columns, elementType, zeroPoint, scale)
    {
        if (data.Length != Bytes)
        {
            throw new ArgumentException($"[{rows}][{columns}] of {elementType} takes {Bytes} bytes, not {data.Length}.", nameof(data));
        }

        _data = data;
    }

    /// <inheritdoc/>
    public override TensorPlace Place => TensorPlace.Constant;

    /// <summary>The bytes as they lie in the image.</summary>
    public ReadOnlySpan<byte> Data => _data.Span;

    /// <summary>The values of an int8 tensor, row-major.</summary>
    public ReadOnlySpan<sbyte> Int8Values => Values<sbyte>(ElementType.Int8);

    /// <summary>The values of an int32 tensor, row-major.</summary>
    public ReadOnlySpan<int> Int32Values => Values<int>(ElementType.Int32);

    /// <summary>An int8 constant <c>[rows][columns]</c>; the values are copied.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static ConstantTensor FromInt8(
        int rows, int columns, ReadOnlySpan<sbyte> values, int zeroPoint = 0, FixedMultiplier scale = default) =>
        new(rows, columns, ElementType.Int8, MemoryMarshal.AsBytes(values).ToArray(), zeroPoint, scale);

    /// <summary>An int32 constant <c>[rows][columns]</c>; the values are copied.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static ConstantTensor FromInt32(int rows, int columns, ReadOnlySpan<int> values, FixedMultiplier scale = default) =>
        new(rows, columns, ElementType.Int32, MemoryMarshal.AsBytes(values).ToArray(), 0, scale);

    private ReadOnlySpan<T> Values<T>(ElementType expected)
        where T : struct
    {
        if (ElementType != expected)
        {
            throw new InvalidOperationException($"The tensor holds {ElementType}, not {expected}.");
        }

        return MemoryMarshal.Cast<byte, T>(_data.Span);
    }
}
