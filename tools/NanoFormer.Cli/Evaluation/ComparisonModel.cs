using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Data;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Another model that answers at the end of the same windows, of which it sees the last samples.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Windows">Windows of the classes that it knows: only these are compared.</param>
/// <param name="Accuracy">Its accuracy on them, 0..1.</param>
/// <param name="HeldAccuracy">The same with postures held until a movement; null for a model without postures.</param>
/// <param name="OwnAccuracy">That of the model judged, on the same windows, 0..1.</param>
/// <param name="OwnHeldAccuracy">The same with postures held; null for a model without postures.</param>
internal sealed record ComparisonModel(
    string Model, int Windows, double Accuracy, double? HeldAccuracy, double OwnAccuracy, double? OwnHeldAccuracy)
{
    /// <summary>Runs the other model on a host engine.</summary>
    /// <param name="other">The other model; its windows are no longer and have as many channels, of the same units.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="hopSamples">Samples from one to the next.</param>
    /// <param name="own">The classes that the model judged gives them.</param>
    /// <param name="ownHeld">Those with postures held; null for a model without postures.</param>
    /// <param name="done">Told how many windows are through.</param>
    /// <exception cref="CommandFailure">The other model cannot read these windows.</exception>
    public static ComparisonModel Run(ModelFile other, WindowSet windows, int hopSamples, int[] own, int[]? ownHeld, Action<int> done)
    {
        using var engine = EngineFactory.Open(EngineFactory.Host, other.Image);
        var info = engine.Info;
        var known = info.Labels.Take(info.ClassCount).ToHashSet();
        int[] compared = [.. Enumerable.Range(0, windows.Count).Where(i => known.Contains(windows.ClassNames[windows.Labels[i]]))];
        var ends = Ends(info, windows);
        sbyte[][] outputs = EngineOutputs.Of(engine, ends, done);
        int[]? held = info.Postures == 0 ? null : new HeldPostures(ends, hopSamples).Answers(info, outputs);
        return new ComparisonModel(
            info.ModelId, compared.Length, Right(Predictions.Of(info, windows.ClassNames, outputs).Classes), RightIfAny(held), Right(own), RightIfAny(ownHeld));

        double Right(int[] answers) => Predictions.Right(windows, compared, answers);

        double? RightIfAny(int[]? answers) => answers is null ? null : Right(answers);
    }

    /// <summary>The last samples of each window, in the steps that a model takes.</summary>
    private static WindowSet Ends(ModelInfo model, WindowSet windows)
    {
        if (model.WindowSamples > windows.WindowSamples || model.ChannelCount != windows.Channels.Count)
        {
            throw new CommandFailure("WRONG_SHAPE", $"{model.ModelId} takes {model.WindowSamples} x {model.ChannelCount} values, "
                + $"which are not in windows of {windows.WindowSamples} x {windows.Channels.Count}.");
        }

        int channels = model.ChannelCount;
        double[] steps = [.. windows.Channels.Select((channel, i) =>
            channel.Scale / Math.ScaleB(model.ChannelScaleMantissas[i], model.ChannelScaleShifts[i] - 31))];
        int skipped = (windows.WindowSamples - model.WindowSamples) * channels;
        return new WindowSet
        {
            WindowSamples = model.WindowSamples,
            RateHz = windows.RateHz,
            Channels = [.. windows.Channels.Select((channel, i) => channel with { Scale = channel.Scale / steps[i] })],
            ClassNames = windows.ClassNames,
            Samples = [.. Enumerable.Range(0, windows.Count).SelectMany(window => windows.Window(window)[skipped..].ToArray())
                .Select((value, i) => (short)Math.Clamp(Math.Round(value * steps[i % channels]), short.MinValue, short.MaxValue))],
            Labels = windows.Labels,
            Subjects = windows.Subjects,
        };
    }
}
