namespace NanoFormer.Model;

/// <summary>An int8 tensor that one operator writes into the arena.</summary>
public sealed class ActivationTensor(int rows, int columns, int zeroPoint, FixedMultiplier scale = default)
    : Tensor(rows, columns, ElementType.Int8, zeroPoint, scale)
{
    /// <inheritdoc/>
    public override TensorPlace Place => TensorPlace.Arena;

    /// <summary>A tensor of the same columns, zero point and scale with another number of rows.</summary>
    public ActivationTensor WithRows(int rows) => new(rows, Columns, ZeroPoint, Scale);
}
