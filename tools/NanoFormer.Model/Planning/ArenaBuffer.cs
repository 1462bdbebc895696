namespace NanoFormer.Model;

/// <summary>Bytes the planner places as one: tensors that follow one another in the same place, or one operator's scratch.</summary>
/// <param name="Tensors">The tensors, all of one size; none for scratch.</param>
/// <param name="ScratchOf">Index of the operator whose scratch it is.</param>
/// <param name="Bytes">Size, rounded up to 16.</param>
/// <param name="Lifetime">From the first tensor's writer to the last tensor's last reader.</param>
internal sealed record ArenaBuffer(IReadOnlyList<ActivationTensor> Tensors, int? ScratchOf, int Bytes, Lifetime Lifetime);
