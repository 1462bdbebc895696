namespace NanoFormer.Model;

/// <summary>
/// A matrix <c>[Rows][Columns]</c>, row-major; a row is a time step or token, a column a channel. Tensors are told apart by identity.
/// </summary>
public abstract class Tensor
{
    private protected Tensor(int rows, int columns, ElementType elementType, int zeroPoint, FixedMultiplier scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Rows = rows;
        Columns = columns;
        ElementType = elementType;
        ZeroPoint = zeroPoint;
        Scale = scale;
    }

    /// <summary>Time steps, tokens or output channels.</summary>
    public int Rows { get; }

    /// <summary>Channels.</summary>
    public int Columns { get; }

    /// <summary>The type of every element.</summary>
    public ElementType ElementType { get; }

    /// <summary>Where the bytes lie while the model runs.</summary>
    public abstract TensorPlace Place { get; }

    /// <summary>The quantized value that stands for real 0.</summary>
    public int ZeroPoint { get; }

    /// <summary>The real size of one quantized step; zero when the tensor has no scale of its own.</summary>
    public FixedMultiplier Scale { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Rows * Columns;

    /// <summary>Size in bytes.</summary>
    public int Bytes => Count * (int)ElementType;
}
