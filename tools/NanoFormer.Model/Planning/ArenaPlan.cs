namespace NanoFormer.Model;

/// <summary>Where every activation tensor and every operator's scratch lies in the arena.</summary>
/// <param name="ArenaBytes">Size of the arena, a multiple of 16.</param>
/// <param name="Tensors">The region of each activation tensor.</param>
/// <param name="Scratch">The scratch of each operator; empty for those that need none.</param>
public sealed record ArenaPlan(
    int ArenaBytes,
    IReadOnlyDictionary<ActivationTensor, ArenaRegion> Tensors,
    IReadOnlyList<ArenaRegion> Scratch);
