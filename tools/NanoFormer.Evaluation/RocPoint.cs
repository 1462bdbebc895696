namespace NanoFormer.Evaluation;

/// <summary>What a detector would do at one threshold.</summary>
/// <param name="Threshold">Least score of an alarm.</param>
/// <param name="FalseAlarmRate">Part of the normal windows with an alarm, 0..1.</param>
/// <param name="DetectionRate">Part of the anomalous windows with an alarm, 0..1.</param>
public sealed record RocPoint(double Threshold, double FalseAlarmRate, double DetectionRate);
