using System.Globalization;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Cli.Reports;

/// <summary>A table of an evaluation, for the terminal as for a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Its columns; those after the first hold numbers unless <paramref name="IsText"/>.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="IsText">Whether all columns hold text.</param>
internal sealed record EvaluationTable(
    string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, bool IsText = false)
{
    /// <summary>Title of the table of answers by true class.</summary>
    public const string ConfusionTitle = "Answers by true class";

    private const string NotMeasured = "not measured";
    private const int MostSubjects = 40;
    private const int WorstSubjects = 12;

    /// <summary>The tables of an evaluation, without columns that have nothing to show.</summary>
    public static IEnumerable<EvaluationTable> Of(ModelEvaluation evaluation) =>
        All(evaluation).Select(table => table.WithoutEmptyColumns());

    private static IEnumerable<EvaluationTable> All(ModelEvaluation evaluation)
    {
        if (evaluation.Integer.Classes is { } classes)
        {
            yield return Scores(evaluation.Data.Windows.ClassNames, classes.Matrix);
            yield return Confusion(evaluation.Data.Windows.ClassNames, classes);
            if (classes.Subjects.Count > 1)
            {
                yield return Subjects(classes);
            }
        }

        yield return Networks(evaluation);
        if (evaluation.Comparison is { } other)
        {
            yield return Against(evaluation.Model.ModelId, other);
        }

        if (evaluation.Robustness is { } table)
        {
            yield return Robustness(table);
        }

        if (evaluation.Integer.Faults is { } faults)
        {
            yield return Faults(faults);
        }

        if (evaluation.Events is { } events)
        {
            yield return Events(events);
        }

        yield return Costs(evaluation.Costs);
        yield return Fits(evaluation.Fits);
        yield return new EvaluationTable("Deployment checklist", ["check", "", "figure"],
            [.. Checklist.Of(evaluation).Select(line => new[] { line.Check, line.StateName, line.Figure })], IsText: true);
    }

    private EvaluationTable WithoutEmptyColumns()
    {
        int[] kept = Enumerable.Range(0, Columns.Count).Where(column => Rows.Any(row => row[column].Length > 0)).ToArray();
        return this with
        {
            Columns = [.. kept.Select(column => Columns[column])],
            Rows = [.. Rows.Select(row => kept.Select(column => row[column]).ToArray())],
        };
    }

    private static EvaluationTable Scores(IReadOnlyList<string> names, ConfusionMatrix matrix) => new(
        "By class", ["class", "windows", "precision", "recall", "F1"],
        [
            .. names.Select((name, i) => (name, Score: ClassScore.Of(matrix, i))).Select(row => new[]
            {
                row.name, Text($"{row.Score.Windows}"), Percent(row.Score.Precision), Percent(row.Score.Recall), Text($"{row.Score.F1:F3}"),
            }),
        ]);

    private static EvaluationTable Confusion(IReadOnlyList<string> names, ClassResult classes) => new(
        ConfusionTitle, ["true \\ answered", .. names],
        [.. names.Zip(classes.Matrix.Counts, (name, row) => row.Select(count => Text($"{count}")).Prepend(name).ToArray())]);

    /// <summary>Every subject; of many those that are known worst.</summary>
    private static EvaluationTable Subjects(ClassResult classes) => new(
        classes.Subjects.Count <= MostSubjects ? "By subject" : Text($"By subject, the {WorstSubjects} known worst of {classes.Subjects.Count}"),
        ["subject", "windows", "right", "accuracy"],
        [.. (classes.Subjects.Count <= MostSubjects ? classes.Subjects : classes.Subjects.OrderBy(s => s.Accuracy).ThenByDescending(s => s.Windows).Take(WorstSubjects)).Select(s => new[] { s.Subject, Text($"{s.Windows}"), Text($"{s.Correct}"), Percent(s.Accuracy) })]);

    private static EvaluationTable Networks(ModelEvaluation evaluation) => new(
        "Beside others", ["network", "accuracy", "macro-F1", "calibration error", "anomaly AUC"],
        [
            Network("int8", evaluation.Integer),
            Network("float twin", evaluation.FloatTwin),
            Network("teacher", evaluation.Teacher),
            .. evaluation.Opponent is { } opponent
                ?
                [
                    ["random forest on features", Percent(opponent.Forest.Accuracy), Text($"{opponent.Forest.MacroF1:F4}"), "", ""],
                    ["always the commonest class", Percent(opponent.Majority), "", "", ""],
                ]
                : Array.Empty<string[]>(),
        ]);

    private static string[] Network(string name, Judgement? judgement) => judgement is null
        ? [name, NotMeasured, "", "", ""]
        :
        [
            name, Percent(judgement.Classes?.Matrix.Accuracy), Text($"{judgement.Classes?.Matrix.MacroF1:F4}"),
            Percent(judgement.Classes?.Reliability.ExpectedError), Text($"{judgement.Anomalies?.Roc.Area:F4}"),
        ];

    private static EvaluationTable Against(string model, ComparisonModel other) => new(
        Text($"At the end of {other.Windows} windows of the classes that both know"), ["model", "accuracy", "postures held"],
        [[model, Percent(other.OwnAccuracy), Percent(other.OwnHeldAccuracy)], [other.Model, Percent(other.Accuracy), Percent(other.HeldAccuracy)]]);

    private static EvaluationTable Robustness(RobustnessTable table) => new(
        Text($"Robustness, {table.Windows} windows"), ["perturbation", "accuracy", "change", "anomaly AUC", "alarms"],
        [
            .. table.Rows.Prepend(table.Clean).Select(row => new[]
            {
                row.Title, Percent(row.Accuracy), Points(row.Merit - table.Clean.Merit), Text($"{row.AnomalyAuc:F4}"),
                Percent(row.AlarmRate),
            }),
        ]);

    private static EvaluationTable Faults(FaultTable table) => new(
        Text($"Injected faults, {table.Windows} windows of each kind"), ["fault", "anomaly AUC", "alarms"],
        [.. table.Rows.Append(table.Pooled).Select(row => new[] { row.Fault, Text($"{row.Auc:F4}"), Percent(row.DetectionRate) })]);

    private static EvaluationTable Events(EventTable table) => new(
        Text($"Alarms over whole recordings, {table.Rows[0].HealthyHours:F2} healthy hours and {table.Rows[0].Events} events"),
        ["rule", "priority", "false alarms", "per hour", "healthy windows alarmed", "missed", "median delay, s", "longest, s"],
        [
            .. table.Rows.Select(row => new[]
            {
                row.Rule, row.Priority.ToString().ToLowerInvariant(), Text($"{row.FalseAlarms}"), Text($"{row.FalseAlarmsPerHour:F2}"), Percent(row.FalsePart),
                Text($"{row.Missed}"), Text($"{row.MedianDelaySeconds:F0}"), Text($"{row.LongestDelaySeconds:F0}"),
            }),
        ]);

    private static EvaluationTable Costs(IReadOnlyList<BoardCost> costs) => new(
        "Time and energy per hop (estimates)",
        ["board", "inference: cycles", "instructions", "native capture", "managed code", "ms", "uJ", "busy", "days awake", "code", "stack"],
        [
            .. costs.Select(cost => cost.Core.Inference is { } row
                ?
                [
                    cost.Board.Entry.Title, Count(cost.Hop.InferenceCycles), Count(cost.Hop.Inference), Count(cost.Hop.Capture), Count(cost.Hop.Managed),
                    Text($"{cost.BusyMicroseconds / 1000:F2}"), Text($"{cost.HopMicrojoules:F0}"), Percent(cost.Load),
                    Text($"{cost.AlwaysOnDays:F1}"), Text($"{row.CodeBytes:N0}"), Text($"{row.StackBytes:N0}"),
                ]
                : new[] { cost.Board.Entry.Title, NotMeasured, "", "", Count(cost.Hop.Managed), "", "", "", "", "", "" }),
        ]);

    private static string Count(long? instructions) => Text($"{instructions:N0}");

    private static EvaluationTable Fits(IReadOnlyList<BoardFit> fits) => new(
        "Memory", ["board", "image", "flash there is", "arena", "arena there is", "fits"],
        [
            .. fits.Select(fit => new[]
            {
                fit.Board.Title, Text($"{fit.Model.ImageBytes:N0}"), Text($"{fit.RoomBytes:N0}"), Text($"{fit.ArenaBytes:N0}"),
                Text($"{fit.Board.ArenaBudgetBytes:N0}"), fit.Fits ? "yes" : "NO",
            }),
        ]);

    private static string Percent(double? part) => Text($"{part:P2}");

    private static string Points(double? part) => Text($"{100 * part:+0.00;-0.00;0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
