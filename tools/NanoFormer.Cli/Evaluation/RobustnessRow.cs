using System.Text.Json.Serialization;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How a model does when something is wrong with the sensor.</summary>
/// <param name="Perturbation">What is wrong.</param>
/// <param name="Severity">How badly, in words.</param>
/// <param name="Accuracy">Part of the windows answered rightly, 0..1; null without classes.</param>
/// <param name="MacroF1">Mean F1 of the classes, 0..1; null in the same case.</param>
/// <param name="AnomalyAuc">Area under the curve of the anomaly score; null where it is not measured.</param>
/// <param name="AlarmRate">Part of the windows with an alarm, 0..1; null without an alarm threshold.</param>
internal sealed record RobustnessRow(
    string Perturbation, string Severity, double? Accuracy, double? MacroF1, double? AnomalyAuc, double? AlarmRate)
{
    /// <summary>The row about a judgement.</summary>
    public static RobustnessRow Of(string perturbation, string severity, Judgement judgement) => new(
        perturbation,
        severity,
        judgement.Classes?.Matrix.Accuracy,
        judgement.Classes?.Matrix.MacroF1,
        judgement.Anomalies?.Roc.Area,
        judgement.AlarmRate);

    /// <summary>Perturbation and severity.</summary>
    [JsonIgnore]
    public string Title => Severity.Length == 0 ? Perturbation : $"{Perturbation}, {Severity}";

    /// <summary>The one figure to compare rows by; see <see cref="Judgement.Merit"/>.</summary>
    [JsonIgnore]
    public double? Merit => Accuracy ?? AnomalyAuc;
}
