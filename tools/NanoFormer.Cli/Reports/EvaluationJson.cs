using System.Globalization;
using NanoFormer.Cli.Evaluation;

namespace NanoFormer.Cli.Reports;

/// <summary>What <c>evaluate</c> found, as one flat object; what was not measured is null.</summary>
internal static class EvaluationJson
{
    private static readonly double[] Thresholds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    /// <summary>The object.</summary>
    public static object Of(ModelEvaluation evaluation)
    {
        var (model, classes, anomalies) = (evaluation.Model, evaluation.Integer.Classes, evaluation.Integer.Anomalies);
        return new
        {
            Model = model.ModelId,
            Crc32 = model.Crc32.ToString("X8", CultureInfo.InvariantCulture),
            evaluation.Data.Dataset,
            evaluation.Data.Split,
            evaluation.Core,
            evaluation.Windows,
            classes?.Matrix.Correct,
            classes?.Matrix.Accuracy,
            classes?.Matrix.MacroF1,
            Classes = evaluation.Data.Windows.ClassNames,
            Confusion = classes?.Matrix.Counts,
            ExpectedCalibrationError = classes?.Reliability.ExpectedError,
            model.GateThresholdPermille,
            GateCoverage = evaluation.Gate?.Coverage,
            GateAccuracy = evaluation.Gate?.Accuracy,
            AnomalyAuc = anomalies?.Roc.Area,
            AnomalyF1 = Finite(anomalies?.AtAlarm?.F1),
            AnomalyFalseAlarmRate = Finite(anomalies?.AtAlarm?.FalseAlarmRate),
            AnomalyMissRate = Finite(anomalies?.AtAlarm?.MissRate),
            evaluation.Integer.AlarmRate,
            FloatAccuracy = evaluation.FloatTwin?.Classes?.Matrix.Accuracy,
            FloatAnomalyAuc = evaluation.FloatTwin?.Anomalies?.Roc.Area,
            TeacherAccuracy = evaluation.Teacher?.Classes?.Matrix.Accuracy,
            ForestAccuracy = evaluation.Opponent?.Forest.Accuracy,
            ForestMacroF1 = evaluation.Opponent?.Forest.MacroF1,
            MajorityAccuracy = evaluation.Opponent?.Majority,
            evaluation.SeedAccuracies,
            TeacherAnomalyAuc = evaluation.Teacher?.Anomalies?.Roc.Area,
            evaluation.Comparison,
            evaluation.Postures,
            evaluation.NamedPostures,
            evaluation.QuantizationLossPoints,
            CardAccuracy = evaluation.Card?.Int8Accuracy,
            CardFloatAccuracy = evaluation.Card?.FloatAccuracy,
            evaluation.EqualsCard,
            model.ImageBytes,
            model.ArenaBytes,
            model.StepArenaBytes,
            Subjects = classes?.Subjects,
            Reliability = classes?.Reliability.Bins,
            Coverage = classes is null ? null : Thresholds.Select(classes.Coverage.At),
            RobustnessWindows = evaluation.Robustness?.Windows,
            Robustness = evaluation.Robustness is { } table ? table.Rows.Prepend(table.Clean) : null,
            InjectedFaults = evaluation.Integer.Faults?.Rows.Append(evaluation.Integer.Faults.Pooled),
            evaluation.Use,
            Events = evaluation.Events?.Rows,
            Boards = evaluation.Costs.Select(Cost),
            Fits = evaluation.Fits.Select(Fit),
            Verdict = Verdict.Of(evaluation),
            Checklist = Checklist.Of(evaluation).Select(line => new { line.Check, State = line.StateName, line.Figure }),
        };
    }

    private static object Cost(BoardCost cost) => new
    {
        cost.Board.Entry.Id,
        cost.Board.Entry.Title,
        cost.Core.Core,
        cost.Core.NotMeasured,
        cost.Core.Inference?.Backend,
        cost.Core.Inference?.Instructions,
        cost.Core.Inference?.Cycles,
        EstimatedMs = cost.Microseconds / 1000,
        EnergyKind = "estimate",
        EnergyUj = cost.Microjoules,
        CaptureInstructionsPerHop = cost.Hop.Capture,
        ManagedInstructionsPerHop = cost.Hop.Managed,
        EnergyUjPerHop = cost.HopMicrojoules,
        StepInstructions = cost.Core.Step?.Instructions,
        StepCycles = cost.Core.Step?.Cycles,
        cost.Load,
        AlwaysOnBatteryDays = cost.AlwaysOnDays,
        cost.Core.Inference?.CodeBytes,
        cost.Core.Inference?.StackBytes,
    };

    private static object Fit(BoardFit fit) => new
    {
        fit.Board.Id,
        fit.Board.Title,
        fit.RoomBytes,
        fit.Board.ArenaBudgetBytes,
        fit.Fits,
    };

    // JSON has no word for a rate of nothing.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
