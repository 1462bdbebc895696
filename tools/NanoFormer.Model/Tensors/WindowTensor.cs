namespace NanoFormer.Model;

/// <summary>
/// What the caller brings, in the caller's memory: raw int16 samples or quantized int8 ones, <c>[samples][channels]</c>. The window
/// program and the step program have one each.
/// </summary>
public sealed class WindowTensor : Tensor
{
    /// <summary>A window of raw int16 samples.</summary>
    public WindowTensor(int rows, int columns, FixedMultiplier scale = default)
        : this(rows, columns, ElementType.Int16, 0, scale)
    {
    }

    /// <summary>A window of int16 or int8 samples; only int8 ones have a zero point.</summary>
    public WindowTensor(int rows, int columns, ElementType elementType, int zeroPoint, FixedMultiplier scale = default)
        : base(rows, columns, elementType, zeroPoint, scale)
    {
        if (elementType is not (ElementType.Int16 or ElementType.Int8))
        {
            throw new ArgumentException($"A window holds int16 or int8, not {elementType}.", nameof(elementType));
        }
    }

    /// <inheritdoc/>
    public override TensorPlace Place => TensorPlace.Window;

    /// <summary>A window of the same kind with another number of samples.</summary>
    public WindowTensor WithRows(int rows) => new(rows, Columns, ElementType, ZeroPoint, Scale);
}
