using NanoFormer.Training.Evaluation;

namespace NanoFormer.Training.Cards;

/// <summary>How a network does, trained and judged on data that is parted otherwise.</summary>
/// <param name="Name">What is unseen in it.</param>
/// <param name="Why">What it is to show; empty for none.</param>
/// <param name="Settings">The settings that are not the model's own.</param>
/// <param name="Split">How the data was parted.</param>
/// <param name="Windows">Windows judged.</param>
/// <param name="Seeds">Results of each training.</param>
public sealed record OtherSplitClaim(
    string Name, string Why, IReadOnlyList<string> Settings, string Split, int Windows, IReadOnlyList<OtherSplitResult> Seeds);

/// <summary>Results of one training; those on classes are null where a class is judged that was not learnt.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Int8Accuracy">Accuracy of the integer model, 0..1.</param>
/// <param name="Int8MacroF1">Mean F1 of the classes, 0..1.</param>
/// <param name="MacroAuc">Mean over the classes of the area under the curve of each against the rest, by the model's probability.</param>
/// <param name="Worst">The subject or file that the integer model is worst on; null where there is one alone.</param>
/// <param name="HealthyAlarms">Part of the healthy windows whose score reaches the alarm's threshold, 0..1; null without a score.</param>
/// <param name="FaultAuc">Area under the curve for injected faults of all kinds; null for a model that was not trained with any.</param>
public sealed record OtherSplitResult(
    int Seed, double? Int8Accuracy, double? Int8MacroF1, double? MacroAuc, SubjectClaim? Worst, double? HealthyAlarms, double? FaultAuc)
{
    /// <summary>The card's view of a result.</summary>
    internal static OtherSplitResult Of(int seed, SetResult result, bool tellsClasses)
    {
        var classes = tellsClasses ? result.Integer : null;
        return new OtherSplitResult(
            seed, Rounded(classes?.Accuracy), Rounded(classes?.MacroF1), Rounded(tellsClasses ? result.MacroAuc : null),
            tellsClasses ? result.Worst : null, Rounded(result.Anomalies?.AtAlarm?.FalseAlarmRate ?? result.Alarms), Rounded(result.Faults?.Pooled.Auc));
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;
}
