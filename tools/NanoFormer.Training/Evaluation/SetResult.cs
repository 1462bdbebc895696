using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Training.Evaluation;

/// <summary>How the float twin and the integer model did on one set of windows.</summary>
/// <param name="Windows">Windows judged.</param>
/// <param name="Float">Answers of the float network, before fine-tuning with rounding; null for a model without classes.</param>
/// <param name="Integer">Answers of the integer graph; null for a model without classes.</param>
/// <param name="Teacher">Answers of the float teacher; null without one.</param>
/// <param name="Agreement">How close the network that computes as the device is to the integer graph.</param>
/// <param name="Alarms">Part of the windows whose anomaly score reaches the alarm's threshold, 0..1; null without a score.</param>
public sealed record SetResult(
    int Windows, ConfusionMatrix? Float, ConfusionMatrix? Integer, ConfusionMatrix? Teacher, Agreement Agreement, double? Alarms)
{
    /// <summary>How the score tells anomalies; null without a score, or where the labels do not tell them.</summary>
    public AnomalyResult? Anomalies { get; init; }

    /// <summary>How the score tells injected faults; null for a model that was not trained with any.</summary>
    public FaultTable? Faults { get; init; }
}
