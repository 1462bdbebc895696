namespace NanoFormer.Evaluation;

/// <summary>How well a score tells anomalous windows from normal ones, over all thresholds (receiver operating characteristic).</summary>
public sealed class RocCurve
{
    /// <summary>Goes through every score that occurs as a threshold.</summary>
    /// <param name="scores">Score of each window; larger is more anomalous.</param>
    /// <param name="anomalous">Whether each window is anomalous.</param>
    public RocCurve(IReadOnlyList<double> scores, IReadOnlyList<bool> anomalous)
    {
        SameLength.Require(scores, anomalous);
        int anomalies = anomalous.Count(isAnomalous => isAnomalous);
        Points = [.. AllPoints(scores.Zip(anomalous), anomalies, anomalous.Count - anomalies)];
        Area = Points.Zip(Points.Skip(1), Strip).Sum();
    }

    /// <summary>The points from no alarm at all to nothing but alarms; rates are NaN when there are no windows of the kind.</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>
    /// Area under the curve (AUC): the probability that an anomalous window scores higher than a normal one, equal scores counting half;
    /// NaN unless there are both.
    /// </summary>
    public double Area { get; }

    private static IEnumerable<RocPoint> AllPoints(IEnumerable<(double Score, bool IsAnomalous)> windows, int anomalies, int normals)
    {
        var (detected, falseAlarms) = (0, 0);
        yield return new RocPoint(double.PositiveInfinity, 0.0 / normals, 0.0 / anomalies);
        foreach (var equal in windows.GroupBy(window => window.Score).OrderByDescending(group => group.Key))
        {
            int found = equal.Count(window => window.IsAnomalous);
            detected += found;
            falseAlarms += equal.Count() - found;
            yield return new RocPoint(equal.Key, (double)falseAlarms / normals, (double)detected / anomalies);
        }
    }

    private static double Strip(RocPoint left, RocPoint right) =>
        (right.FalseAlarmRate - left.FalseAlarmRate) * (left.DetectionRate + right.DetectionRate) / 2;
}

/// <summary>What a detector would do at one threshold.</summary>
/// <param name="Threshold">Least score of an alarm.</param>
/// <param name="FalseAlarmRate">Part of the normal windows with an alarm, 0..1.</param>
/// <param name="DetectionRate">Part of the anomalous windows with an alarm, 0..1.</param>
public sealed record RocPoint(double Threshold, double FalseAlarmRate, double DetectionRate);
