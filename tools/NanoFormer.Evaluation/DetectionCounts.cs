namespace NanoFormer.Evaluation;

/// <summary>How a detector's alarms fall on anomalous and normal windows. Rates are NaN where there is nothing to take a part of.</summary>
/// <param name="TruePositives">Anomalous windows with an alarm.</param>
/// <param name="FalsePositives">Normal windows with an alarm.</param>
/// <param name="TrueNegatives">Normal windows without.</param>
/// <param name="FalseNegatives">Anomalous windows without.</param>
public sealed record DetectionCounts(int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives)
{
    /// <summary>Part of the alarms that is right, 0..1.</summary>
    public double Precision => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>Part of the anomalous windows with an alarm, 0..1.</summary>
    public double Recall => (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Harmonic mean of precision and recall, 0..1.</summary>
    public double F1 => 2.0 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Part of the normal windows with an alarm, 0..1.</summary>
    public double FalseAlarmRate => (double)FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>Part of the anomalous windows without an alarm, 0..1.</summary>
    public double MissRate => (double)FalseNegatives / (TruePositives + FalseNegatives);

    /// <summary>Counts alarms.</summary>
    /// <param name="anomalous">Whether each window is anomalous.</param>
    /// <param name="alarms">Whether each window gave an alarm.</param>
    public static DetectionCounts Of(IReadOnlyList<bool> anomalous, IReadOnlyList<bool> alarms)
    {
        SameLength.Require(anomalous, alarms);
        var windows = anomalous.Zip(alarms).ToArray();
        return new DetectionCounts(
            windows.Count(window => window is (true, true)),
            windows.Count(window => window is (false, true)),
            windows.Count(window => window is (false, false)),
            windows.Count(window => window is (true, false)));
    }

    /// <summary>Counts of several recordings as if they were one: every window counts alike, however short its recording.</summary>
    public static DetectionCounts Pool(IEnumerable<DetectionCounts> parts) => parts.Aggregate(
        new DetectionCounts(0, 0, 0, 0),
        (sum, part) => new DetectionCounts(
            sum.TruePositives + part.TruePositives,
            sum.FalsePositives + part.FalsePositives,
            sum.TrueNegatives + part.TrueNegatives,
            sum.FalseNegatives + part.FalseNegatives));
}
