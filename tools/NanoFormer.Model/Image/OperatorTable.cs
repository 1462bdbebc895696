namespace NanoFormer.Model;

/// <summary>The operators of an image, valid one by one, and the scratch of each.</summary>
internal sealed record OperatorTable(IReadOnlyList<Operator> Operators, IReadOnlyList<ArenaRegion> Scratch);
