namespace NanoFormer.Evaluation.Robustness;

/// <summary>How an anomaly score tells windows with a fault from the same windows without.</summary>
/// <param name="Fault">What was injected.</param>
/// <param name="Auc">Area under the curve.</param>
/// <param name="DetectionRate">Part of the faulty windows with an alarm, 0..1; null without an alarm threshold.</param>
public sealed record FaultRow(string Fault, double Auc, double? DetectionRate);
