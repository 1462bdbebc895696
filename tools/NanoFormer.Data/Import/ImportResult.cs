namespace NanoFormer.Data.Import;

/// <summary>What an import made of its sources.</summary>
/// <param name="Recordings">Recordings of one rate, one set of channels and one list of classes; none when the import was refused.</param>
/// <param name="Findings">What was wrong with the sources, and what became of it.</param>
public sealed record ImportResult(IReadOnlyList<Recording> Recordings, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether something is wrong that no option asked to repair.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Outcome == FindingOutcome.Refused);
}
