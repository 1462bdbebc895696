namespace NanoFormer.Data.Import;

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
