namespace NanoFormer.Model;

/// <summary>The raw input: int16 <c>[window samples][channels]</c>, in the caller's memory.</summary>
public sealed class WindowTensor(int rows, int columns, FixedMultiplier scale = default)
    : Tensor(rows, columns, ElementType.Int16, 0, scale)
{
    /// <inheritdoc/>
    public override TensorPlace Place => TensorPlace.Window;
}
