namespace NanoFormer.Model;

/// <summary>The operators of one program of an image, valid one by one, the scratch of each, and the groups.</summary>
internal sealed record OperatorTable(
    IReadOnlyList<Operator> Operators,
    IReadOnlyList<ArenaRegion> Scratch,
    IReadOnlyList<OperatorGroup> Groups);
