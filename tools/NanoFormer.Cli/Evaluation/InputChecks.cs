using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;
using static NanoFormer.Cli.Evaluation.Checklist;

namespace NanoFormer.Cli.Evaluation;

/// <summary>The lines of the checklist about what a model is fed: ranges, units, and what the device's sensor measures.</summary>
internal static class InputChecks
{
    private const double MostClipped = 0.05;
    private const double OtherUnit = 4; // times: g and m/s2 differ by 9.8, people by less than 1.5

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
        var channels = sets[0].Channels;
        if (AxisTriads.Find(channels).FirstOrDefault(triad => channels[triad[0]].Unit is "g" or "mg" or "m/s2" or "m/s^2") is not { } triad)
        {
            return NotMeasured(Check, "there is no accelerometer to weigh the units by");
        }
        var magnitudes = sets.SelectMany(set => Enumerable.Range(0, set.Count).Select(i => (Subject: set.Subjects[i], Size: Magnitude(set, i, triad))))
            .GroupBy(window => window.Subject, window => window.Size)
            .Select(group => (Subject: group.Key, Size: group.Order().ElementAt(group.Count() / 2))).OrderBy(subject => subject.Size).ToArray();
        var (least, most) = (magnitudes[0], magnitudes[^1]);
        return Line(Check, most.Size <= OtherUnit * Math.Max(least.Size, 1e-9), most.Size <= OtherUnit * least.Size
            ? Text($"subjects feel {least.Size:0.##} to {most.Size:0.##} {channels[triad[0]].Unit} in the middle")
            : Text($"{least.Subject} feels {least.Size:0.##} {channels[triad[0]].Unit} in the middle, {most.Subject} {most.Size:0.##}: mixed units, such as g and m/s2"));
    }

    /// <summary>Whether the shipped firmware measures what the model reads.</summary>
    public static ChecklistLine Firmware(IReadOnlyList<ChannelInfo> channels, double rateHz)
    {
        var refusals = FirmwareAcceptance.Refusals(channels, rateHz);
        return Line("firmware takes the channels", refusals.Count == 0, refusals.Count == 0
            ? Text($"{channels.Count} channels at {rateHz:0.###} Hz from an MPU6050")
            : "the device refuses it at boot: " + string.Join("; ", refusals));
    }

    private static double Magnitude(WindowSet set, int index, IReadOnlyList<int> triad)
    {
        var window = set.Window(index);
        var squares = 0.0;
        for (int i = 0; i < window.Length; i += set.Channels.Count)
        {
            foreach (var channel in triad)
            {
                var value = window[i + channel] * set.Channels[channel].Scale;
                squares += value * value;
            }
        }
        return Math.Sqrt(squares / set.WindowSamples);
    }
}
