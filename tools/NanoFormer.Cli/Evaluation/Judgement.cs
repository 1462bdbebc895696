using NanoFormer.Data;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How the predictions of one network fall on labelled windows.</summary>
/// <param name="Classes">How it tells classes; null when it does not.</param>
/// <param name="Anomalies">How it tells anomalies; null without a score, or where the labels do not tell them.</param>
/// <param name="AlarmRate">Part of all windows with an alarm, 0..1; null without an alarm threshold.</param>
internal sealed record Judgement(ClassResult? Classes, AnomalyResult? Anomalies, double? AlarmRate)
{
    /// <summary>How the score tells injected faults; null for a model that was not trained with any, and where they were not run.</summary>
    public FaultTable? Faults { get; init; }

    /// <summary>The one figure to compare networks by: accuracy, or the area under the curve where there are no classes.</summary>
    public double? Merit => Classes?.Matrix.Accuracy ?? Anomalies?.Roc.Area;

    /// <summary>Judges predictions.</summary>
    /// <param name="windows">Labelled windows.</param>
    /// <param name="predictions">Predictions for them.</param>
    /// <param name="alarmScore">Least score of an alarm; null when there is none.</param>
    public static Judgement Of(WindowSet windows, Predictions predictions, double? alarmScore = null) => new(
        ClassResult.Of(windows, predictions),
        AnomalyResult.Of(windows, predictions.Scores, alarmScore),
        alarmScore is { } alarm && predictions.Scores.Length > 0
            ? (double)predictions.Scores.Count(score => score >= alarm) / predictions.Scores.Length
            : null);
}
