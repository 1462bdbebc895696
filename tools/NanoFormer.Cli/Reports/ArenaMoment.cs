using NanoFormer.Model;

namespace NanoFormer.Cli.Reports;

/// <summary>The arena while one operator runs.</summary>
/// <param name="Index">Index of the operator.</param>
/// <param name="Kind">Which operator it is.</param>
/// <param name="Group">The group it stands in.</param>
/// <param name="Uses">What lies in the arena; where two share a place, the later one is written over the earlier.</param>
internal sealed record ArenaMoment(int Index, OperatorKind Kind, OperatorGroup? Group, IReadOnlyList<ArenaUse> Uses);
