using NanoFormer.Data;
using NanoFormer.Evaluation;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How a model tells classes.</summary>
/// <param name="Matrix">Answers by true class.</param>
/// <param name="Reliability">Accuracy by confidence.</param>
/// <param name="Coverage">Accuracy against coverage.</param>
/// <param name="Subjects">Results by subject.</param>
internal sealed record ClassResult(
    ConfusionMatrix Matrix, ReliabilityCurve Reliability, CoverageCurve Coverage, IReadOnlyList<SubjectResult> Subjects)
{
    /// <summary>Judges answers; null without any.</summary>
    public static ClassResult? Of(WindowSet windows, Predictions predictions)
    {
        if (predictions.Classes.Length == 0)
        {
            return null;
        }

        bool[] correct = [.. windows.Labels.Zip(predictions.Classes, (label, answer) => label == answer)];
        return new ClassResult(
            new ConfusionMatrix(windows.ClassNames.Count, windows.Labels, predictions.Classes),
            new ReliabilityCurve(predictions.Confidences, correct),
            new CoverageCurve(predictions.Confidences, correct),
            BySubject(windows.Subjects, correct));
    }

    // Shorter names first, so that numbers come in their order.
    private static SubjectResult[] BySubject(string[] subjects, bool[] correct) =>
    [
        .. subjects.Zip(correct).GroupBy(window => window.First)
            .OrderBy(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SubjectResult(group.Key, group.Count(), group.Count(window => window.Second))),
    ];
}
