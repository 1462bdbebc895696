using NanoFormer.Data;

namespace NanoFormer.Evaluation;

/// <summary>How an anomaly score tells anomalous windows - or the samples they speak for - from normal ones.</summary>
/// <param name="Roc">Over all thresholds.</param>
/// <param name="AtAlarm">At the model's alarm threshold; null when it has none.</param>
public sealed record AnomalyResult(RocCurve Roc, DetectionCounts? AtAlarm)
{
    private const string Normal = "normal";
    private const string Anomaly = "anomaly";

    /// <summary>
    /// Judges scores of windows that are labelled <c>normal</c> or <c>anomaly</c>, whatever the case of the letters; others do not count.
    /// Null without scores or without both kinds. Where windows speak for samples (<see cref="WindowSet.Spoken"/>), those are counted.
    /// </summary>
    /// <param name="windows">The windows.</param>
    /// <param name="scores">The score of each; none for a model without.</param>
    /// <param name="alarmScore">Least score of an alarm; null when there is none.</param>
    public static AnomalyResult? Of(WindowSet windows, IReadOnlyList<double> scores, double? alarmScore)
    {
        var judged = scores.SelectMany((score, i) => LabelsOf(windows, i).Select(label => (Score: score, Label: windows.ClassNames[label])))
            .Where(one => IsNamed(one.Label, Normal) || IsNamed(one.Label, Anomaly)).ToArray();
        bool[] anomalous = [.. judged.Select(one => IsAnomaly(one.Label))];
        if (anomalous.Distinct().Count() < 2)
        {
            return null;
        }

        return new AnomalyResult(
            new RocCurve([.. judged.Select(one => one.Score)], anomalous),
            alarmScore is { } alarm ? DetectionCounts.Of(anomalous, [.. judged.Select(one => one.Score >= alarm)]) : null);
    }

    /// <summary>Whether a label says that something is wrong.</summary>
    public static bool IsAnomaly(string label) => IsNamed(label, Anomaly);

    /// <summary>Whether a label of a window says so.</summary>
    public static bool IsAnomaly(WindowSet windows, int index) => LabelsOf(windows, index).Any(label => IsAnomaly(windows.ClassNames[label]));

    private static int[] LabelsOf(WindowSet windows, int index) => windows.Spoken?[index] ?? [windows.Labels[index]];

    private static bool IsNamed(string label, string name) => label.Equals(name, StringComparison.OrdinalIgnoreCase);
}
