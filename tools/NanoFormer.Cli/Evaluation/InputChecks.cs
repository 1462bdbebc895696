using NanoFormer.Data;
using NanoFormer.Evaluation;
using static NanoFormer.Cli.Evaluation.Checklist;

namespace NanoFormer.Cli.Evaluation;

/// <summary>The lines of the checklist about what a model is fed: ranges, units, and what the device's sensor measures.</summary>
internal static class InputChecks
{
    private const double MostClipped = 0.05;

    /// <summary>The lines.</summary>
    public static IReadOnlyList<ChecklistLine> Of(ModelEvaluation evaluation) =>
    [
        Range(evaluation.Clipping),
        Units(evaluation.Data.Train is { } train ? [train, evaluation.Data.Windows] : [evaluation.Data.Windows]),
        Firmware(evaluation.Data.Windows.Channels, evaluation.Model.RateMillihertz / 1000.0),
    ];

    /// <summary>Whether the input's range holds the signal.</summary>
    public static ChecklistLine Range(InputClipping? clipping) => clipping is null
        ? NotMeasured("values within range", "needs the model's train.json and the windows it learnt from")
        : Line("values within range", Math.Max(clipping.Judged, clipping.Train) <= MostClipped,
            Text($"{Math.Max(clipping.Judged, clipping.Train):P1} of the values lie beyond input.ranges and are clipped, at most {MostClipped:P0}"));

    /// <summary>Whether all subjects were recorded in the same unit.</summary>
    public static ChecklistLine Units(IReadOnlyList<WindowSet> sets)
    {
        const string Check = "one unit for all";
        if (SubjectMagnitudes.Of(sets) is not { } magnitudes)
        {
            return NotMeasured(Check, "there is no accelerometer to weigh the units by");
        }

        var (least, most) = (magnitudes.Subjects[0], magnitudes.Subjects[^1]);
        return Line(Check, !magnitudes.AreMixed, magnitudes.AreMixed
            ? Text($"{least.Subject} feels {least.Size:0.##} {magnitudes.Unit} in the middle, {most.Subject} {most.Size:0.##}: mixed units, such as g and m/s2")
            : Text($"subjects feel {least.Size:0.##} to {most.Size:0.##} {magnitudes.Unit} in the middle"));
    }

    /// <summary>Whether the shipped firmware measures what the model reads.</summary>
    public static ChecklistLine Firmware(IReadOnlyList<ChannelInfo> channels, double rateHz)
    {
        var refusals = FirmwareAcceptance.Refusals(channels, rateHz);
        return Line("firmware takes the channels", refusals.Count == 0, refusals.Count == 0
            ? Text($"{channels.Count} channels at {rateHz:0.###} Hz from an MPU6050")
            : "the device refuses it at boot: " + string.Join("; ", refusals));
    }
}
