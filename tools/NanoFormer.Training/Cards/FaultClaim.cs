using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Training.Cards;

/// <summary>How a score tells a kind of injected faults, as a card states it.</summary>
/// <param name="Fault">What was injected; the last of a list is all kinds together.</param>
/// <param name="Auc">Area under the curve.</param>
/// <param name="DetectionRate">Part of the windows with the fault that gave an alarm, 0..1; null without an alarm threshold.</param>
public sealed record FaultClaim(string Fault, double Auc, double? DetectionRate)
{
    /// <summary>The card's view of a table; null without one.</summary>
    public static IReadOnlyList<FaultClaim>? From(FaultTable? table) => table is null
        ? null
        : [.. table.Rows.Append(table.Pooled).Select(row => new FaultClaim(
            row.Fault, Math.Round(row.Auc, 6), row.DetectionRate is { } rate ? Math.Round(rate, 6) : null))];
}
