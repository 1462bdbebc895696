namespace NanoFormer.Data.Import;

/// <summary>Faults of one kind, counted.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Outcome">What became of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Examples">The first few, each with its place.</param>
/// <param name="Repair">The options that repair the kind; null when only the source can be corrected.</param>
public sealed record Finding(
    FindingKind Kind, FindingOutcome Outcome, int Count, IReadOnlyList<string> Examples, string? Repair);

/// <summary>What became of a finding.</summary>
public enum FindingOutcome
{
    /// <summary>Nothing is written while it stands.</summary>
    Refused,

    /// <summary>An option asked for its repair.</summary>
    Repaired,

    /// <summary>Told, and no fault: nothing is lost by it.</summary>
    Noted,
}
