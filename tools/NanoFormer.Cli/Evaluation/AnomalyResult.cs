using NanoFormer.Data;
using NanoFormer.Evaluation;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How an anomaly score tells anomalous windows from normal ones.</summary>
/// <param name="Roc">Over all thresholds.</param>
/// <param name="AtAlarm">At the model's alarm threshold; null when it has none.</param>
internal sealed record AnomalyResult(RocCurve Roc, DetectionCounts? AtAlarm)
{
    private const string Normal = "normal";
    private const string Anomaly = "anomaly";

    /// <summary>
    /// Judges scores of windows that are labelled <c>normal</c> or <c>anomaly</c>, whatever the case of the letters; others do not count.
    /// Null without scores or without windows of both kinds.
    /// </summary>
    public static AnomalyResult? Of(WindowSet windows, Predictions predictions, double? alarmScore)
    {
        var judged = predictions.Scores.Zip(windows.Labels, (score, label) => (Score: score, Label: windows.ClassNames[label]))
            .Where(window => IsNamed(window.Label, Normal) || IsNamed(window.Label, Anomaly)).ToArray();
        bool[] anomalous = [.. judged.Select(window => IsNamed(window.Label, Anomaly))];
        if (anomalous.Distinct().Count() < 2)
        {
            return null;
        }
        return new AnomalyResult(
            new RocCurve([.. judged.Select(window => window.Score)], anomalous),
            alarmScore is { } alarm ? DetectionCounts.Of(anomalous, [.. judged.Select(window => window.Score >= alarm)]) : null);
    }

    private static bool IsNamed(string label, string name) => label.Equals(name, StringComparison.OrdinalIgnoreCase);
}
