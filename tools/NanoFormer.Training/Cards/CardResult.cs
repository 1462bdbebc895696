using NanoFormer.Training.Evaluation;

namespace NanoFormer.Training.Cards;

/// <summary>Results on one set of windows, as a card states them; those on classes are null for a model without.</summary>
/// <param name="Windows">Windows judged.</param>
/// <param name="FloatAccuracy">Accuracy of the float twin, 0..1.</param>
/// <param name="Int8Accuracy">Accuracy of the integer model, 0..1.</param>
/// <param name="Int8Correct">Windows that the integer model got right.</param>
/// <param name="Int8MacroF1">Mean F1 of the integer model, 0..1.</param>
/// <param name="Int8Confusion">Counts of the integer model by true class (rows) and answer (columns).</param>
/// <param name="FakeQuantizedAgreement">Part of the windows on which the fake-quantized network and the integer model agree, 0..1.</param>
public sealed record CardResult(
    int Windows,
    double? FloatAccuracy,
    double? Int8Accuracy,
    int? Int8Correct,
    double? Int8MacroF1,
    IReadOnlyList<IReadOnlyList<int>>? Int8Confusion,
    double FakeQuantizedAgreement)
{
    /// <summary>
    /// Part of all int8 outputs that are equal in the fake-quantized network and the integer model, 0..1; null if not measured.
    /// </summary>
    public double? EqualOutputs { get; init; }

    /// <summary>Accuracy of the float teacher, 0..1; null without one.</summary>
    public double? TeacherAccuracy { get; init; }

    /// <summary>Part of the windows whose anomaly score reaches the alarm's threshold, 0..1; null for a model without a score.</summary>
    public double? Alarms { get; init; }

    /// <summary>How the score tells anomalies; null without a score, or where the labels do not tell them.</summary>
    public DetectionClaim? Detection { get; init; }

    /// <summary>How the score tells injected faults, kind by kind and all together; null for a model that was not trained with any.</summary>
    public IReadOnlyList<FaultClaim>? Faults { get; init; }

    /// <summary>The card's view of a result.</summary>
    public static CardResult From(SetResult result) => new(
        result.Windows,
        Rounded(result.Float?.Accuracy),
        Rounded(result.Integer?.Accuracy),
        result.Integer?.Correct,
        Rounded(result.Integer?.MacroF1),
        result.Integer?.Counts,
        Rounded(result.Agreement.SameAnswer)!.Value)
    {
        EqualOutputs = Rounded(result.Agreement.SameOutputs),
        TeacherAccuracy = Rounded(result.Teacher?.Accuracy),
        Alarms = Rounded(result.Alarms),
        Detection = DetectionClaim.From(result.Anomalies),
        Faults = FaultClaim.From(result.Faults),
    };

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;
}
