using NanoFormer.Evaluation;

namespace NanoFormer.Training.Cards;

/// <summary>How a score tells anomalies, as a card states it: at the alarm's threshold, by windows or the samples they speak for.</summary>
/// <param name="Auc">Area under the curve over all thresholds.</param>
/// <param name="TruePositives">Anomalous ones with an alarm.</param>
/// <param name="FalsePositives">Normal ones with an alarm.</param>
/// <param name="TrueNegatives">Normal ones without.</param>
/// <param name="FalseNegatives">Anomalous ones without.</param>
public sealed record DetectionClaim(double Auc, int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives)
{
    /// <summary>The card's view of a result; null without one or without an alarm.</summary>
    public static DetectionClaim? From(AnomalyResult? result) => result is { AtAlarm: { } counts }
        ? new DetectionClaim(
            Math.Round(result.Roc.Area, 6), counts.TruePositives, counts.FalsePositives, counts.TrueNegatives, counts.FalseNegatives)
        : null;

    /// <summary>The counts, with the figures that follow from them.</summary>
    public DetectionCounts ToCounts() => new(TruePositives, FalsePositives, TrueNegatives, FalseNegatives);
}
