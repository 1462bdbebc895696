using System.Globalization;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Cli.Evaluation;

/// <summary>What should be known before a model is put on devices.</summary>
internal static class Checklist
{
    /// <summary>Points that int8 may cost.</summary>
    private const double QuantizationPoints = 1;

    /// <summary>Points that the middle one of the noises may cost.</summary>
    private const double NoisePoints = 5;

    /// <summary>The lines about a model.</summary>
    public static IReadOnlyList<ChecklistLine> Of(ModelEvaluation evaluation) =>
    [
        .. AnswerChecks.Of(evaluation),
        .. InputChecks.Of(evaluation),
        Fit(evaluation.Fits),
        Calibration(evaluation.Clipping),
        QuantizationLoss(evaluation.QuantizationLossPoints),
        Kernels(evaluation.Costs),
        Energy(evaluation.Costs),
        Noise(evaluation.Robustness),
        Fallback(evaluation),
    ];

    private static ChecklistLine Fit(IReadOnlyList<BoardFit> fits)
    {
        string[] failing = fits.Where(fit => !fit.Fits).Select(fit => fit.Board.Id).ToArray();
        string need = Text($"image {fits[0].Model.ImageBytes:N0}, arena {fits[0].ArenaBytes:N0} bytes; ");
        return Line("model fits", failing.Length == 0, need
            + (failing.Length == 0 ? Text($"all {fits.Count} boards have room") : $"too large for {string.Join(", ", failing)}"));
    }

    private static ChecklistLine Calibration(InputClipping? clipping) => clipping is null
        ? NotMeasured("calibration data representative", "needs the model's train.json and the windows it learnt from")
        : Line("calibration data representative", clipping.IsRepresentative,
            Text($"{clipping.Judged:P2} of the values judged lie beyond the input's range, {clipping.Train:P2} of those learnt from"));

    private static ChecklistLine QuantizationLoss(double? points) => points is not { } loss
        ? NotMeasured("accuracy drop measured", "needs the float twin, model.onnx")
        : Line("accuracy drop measured", loss <= QuantizationPoints,
            Text($"{-loss:+0.00;-0.00;0.00} points from float to int8, at most {QuantizationPoints:0.0} may be lost"));

    private static ChecklistLine Kernels(IReadOnlyList<BoardCost> costs)
    {
        var cores = costs.Select(cost => cost.Core).DistinctBy(core => core.Core).Where(core => core.Inference is not null).ToArray();
        return cores.Length == 0
            ? NotMeasured("only needed kernels linked", costs[0].Core.NotMeasured!)
            : Line("only needed kernels linked", cores.All(HasSpared), string.Join("; ", cores.Select(core =>
                Text($"{core.Core}: set '{core.Kernels}', {core.Inference!.CodeBytes:N0} of {core.AllKernelsCodeBytes:N0} bytes"))));
    }

    private static bool HasSpared(CoreFigures core) => core.Inference!.CodeBytes < core.AllKernelsCodeBytes;

    private static ChecklistLine Energy(IReadOnlyList<BoardCost> costs)
    {
        var measured = costs.Where(cost => cost.Load is not null).ToArray();
        return measured.Length == 0
            ? NotMeasured("energy budgeted", costs[0].Core.NotMeasured!)
            : Line("energy budgeted", measured.All(cost => cost.Load < 1), string.Join("; ", measured.Select(Budget)));
    }

    private static string Budget(BoardCost cost) => Text(
        $"{cost.Board.Entry.Title}: {cost.HopMicrojoules:N0} uJ per hop, busy {cost.Load:P1}, {cost.AlwaysOnDays:F1} days awake (estimates)");

    private static ChecklistLine Noise(RobustnessTable? table)
    {
        var rows = table?.Rows.Where(row => row.Perturbation == AddedNoise.Kind).ToArray() ?? [];
        if (rows.Length == 0 || rows[rows.Length / 2] is not { Merit: { } noisy } middle)
        {
            return NotMeasured("noise tested", "needs the host engine, and labels that the model can be judged by");
        }

        double loss = 100 * (table!.Clean.Merit!.Value - noisy);
        return Line("noise tested", loss <= NoisePoints,
            Text($"{-loss:+0.00;-0.00;0.00} points at {middle.Severity}, at most {NoisePoints:0.0} may be lost"));
    }

    private static ChecklistLine Fallback(ModelEvaluation evaluation)
    {
        if (evaluation.Gate is not { } gate)
        {
            return Line("fallback set", evaluation.Integer.AlarmRate is not null, evaluation.Integer.AlarmRate is { } rate
                ? Text($"alarm threshold set; alarms in {rate:P1} of the windows")
                : "there is neither a confidence gate nor an alarm threshold");
        }

        int permille = evaluation.Model.GateThresholdPermille;
        bool isSet = permille is > 0 and < 1000 && gate.Accuracy >= evaluation.Integer.Classes!.Matrix.Accuracy;
        return Line("fallback set", isSet, Text(
            $"below {permille / 1000.0:0.0##} unknown: {gate.Coverage:P1} believed, {gate.Accuracy ?? 0:P2} of them right"));
    }

    internal static ChecklistLine Line(string check, bool holds, string figure) =>
        new(check, holds ? CheckState.Passed : CheckState.Failed, figure);

    internal static ChecklistLine NotMeasured(string check, string reason) => new(check, CheckState.NotMeasured, reason);

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
