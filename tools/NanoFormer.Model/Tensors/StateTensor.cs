namespace NanoFormer.Model;

/// <summary>
/// What one operator of a step program remembers from step to step: one row in the arena, in a layout that only the engine reads
/// (MODEL-IMAGE.md, "Tensor").
/// </summary>
public sealed class StateTensor(int count, ElementType elementType, int zeroPoint = 0, FixedMultiplier scale = default)
    : Tensor(1, count, elementType, zeroPoint, scale)
{
    /// <inheritdoc/>
    public override TensorPlace Place => TensorPlace.State;
}
