using NanoFormer.Model;

namespace NanoFormer.Cli.Reports;

/// <summary>Bytes of the arena in use.</summary>
/// <param name="What">"tensor", "tile" (rows of a tensor), "scratch", "state" or "staging".</param>
/// <param name="Operator">Index of the operator that writes the tensor or has the scratch.</param>
/// <param name="Region">Where.</param>
internal sealed record ArenaUse(string What, int? Operator, ArenaRegion Region);
