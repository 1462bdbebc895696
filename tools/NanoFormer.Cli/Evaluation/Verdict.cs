using NanoFormer.Data.Discovery;
using NanoFormer.Evaluation;
using static NanoFormer.Cli.Evaluation.Checklist;

namespace NanoFormer.Cli.Evaluation;

/// <summary>What an evaluation says to somebody who has to decide.</summary>
/// <param name="Fits">Whether no line of the checklist failed.</param>
/// <param name="Sentence">The verdict.</param>
/// <param name="GoodFor">What the model may be used for.</param>
/// <param name="NotFor">What it may not be used for, or not yet.</param>
internal sealed record Verdict(bool Fits, string Sentence, IReadOnlyList<string> GoodFor, IReadOnlyList<string> NotFor)
{
    private const double Reliable = 0.9;
    private const double Usable = 0.75;

    /// <summary>The verdict.</summary>
    public static Verdict Of(ModelEvaluation evaluation)
    {
        var lines = Checklist.Of(evaluation);
        var failed = lines.Where(line => line.State == CheckState.Failed).ToArray();
        int unknown = lines.Count(line => line.State == CheckState.NotMeasured);
        var (good, bad) = evaluation.Integer.Classes is { Matrix: var matrix }
            ? Classes(evaluation.Data.Windows.ClassNames, matrix)
            : ([], []);
        string figure = evaluation.Integer.Classes is { Matrix.Accuracy: var accuracy }
            ? Text($"{Tenths(accuracy)} answers {Whom(evaluation.Data)}are right. ")
            : "";
        return new Verdict(
            failed.Length == 0,
            figure + (failed.Length == 0
                ? Text($"All {lines.Count - unknown} checks that could be made hold.")
                : Text($"{failed.Length} of {lines.Count - unknown} checks fail."))
                + (unknown > 0 ? Text($" {unknown} could not be made.") : ""),
            good,
            [.. bad, .. failed.Select(line => $"{line.Check}: {line.Figure}")]);
    }

    private static (string[] Good, string[] Bad) Classes(IReadOnlyList<string> names, ConfusionMatrix matrix)
    {
        var (good, fair, bad) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (i, name) in names.Index())
        {
            var score = ClassScore.Of(matrix, i);
            if (score.Windows == 0)
            {
                bad.Add($"{name}: nothing to judge it by");
            }
            else if (score.Recall >= Reliable && score.Precision >= Reliable)
            {
                good.Add(name);
            }
            else if (score.Recall >= Usable && score.Precision >= Usable)
            {
                fair.Add(name);
            }
            else
            {
                var taken = matrix.Counts[i].Index().Where(cell => cell.Index != i).MaxBy(cell => cell.Item);
                bad.Add(Text($"{name}: found in {score.Recall:P0}, right in {score.Precision:P0} of its answers")
                    + (taken.Item > 0 ? $"; most often taken for {names[taken.Index]}" : ""));
            }
        }

        string[] told =
        [
            .. good.Count > 0 ? [$"reliably: {string.Join(", ", good)}"] : Array.Empty<string>(),
            .. fair.Count > 0 ? [$"as a hint, with some errors: {string.Join(", ", fair)}"] : Array.Empty<string>(),
        ];
        return (told, [.. bad]);
    }

    /// <summary>Whom the answers are about; where nobody said who was recorded, the subjects are files.</summary>
    private static string Whom(EvaluationWindows data) => data.Train is not { } train || train.Subjects.Intersect(data.Windows.Subjects).Any() ? ""
        : data.Windows.Subjects.All(FolderImport.IsFile) ? "about recordings it never met, perhaps of the same people, "
        : "about people or machines it never met ";

    private static string Tenths(double accuracy) => accuracy >= 0.95
        ? Text($"{Math.Floor(100 * accuracy):0} of 100")
        : Text($"{Math.Floor(10 * accuracy):0} of 10");
}

/// <summary>How well one class is recognised.</summary>
/// <param name="Windows">Windows of it.</param>
/// <param name="Precision">Part of its answers that are right, 0..1; 0 when it is never answered.</param>
/// <param name="Recall">Part of its windows that are found, 0..1; 0 without any.</param>
internal sealed record ClassScore(int Windows, double Precision, double Recall)
{
    /// <summary>Harmonic mean of both, 0..1.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>The score of a class.</summary>
    public static ClassScore Of(ConfusionMatrix matrix, int index)
    {
        var (windows, right, answered) = (matrix.Counts[index].Sum(), matrix.Counts[index][index], matrix.Counts.Sum(row => row[index]));
        return new ClassScore(windows, (double)right / Math.Max(1, answered), (double)right / Math.Max(1, windows));
    }
}
