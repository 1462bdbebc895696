namespace NanoFormer.Search.Costs;

/// <summary>What a candidate costs a device.</summary>
/// <param name="ImageBytes">Bytes of the image, test vectors included.</param>
/// <param name="ArenaBytes">Bytes of the arena that a window needs.</param>
/// <param name="Macs">Multiply-accumulates of a window.</param>
/// <param name="Instructions">Instructions of a window; null for a candidate that is over budget without them.</param>
/// <param name="IsCounted">Whether the instructions were counted on the emulated core, not estimated.</param>
public sealed record CandidateCosts(int ImageBytes, int ArenaBytes, long Macs, long? Instructions, bool IsCounted);
