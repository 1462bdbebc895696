using NanoFormer.Data;
using NanoFormer.Interop;
using NanoFormer.Training.Evaluation;

namespace NanoFormer.Cli.Engines;

/// <summary>Runs an engine over labelled windows.</summary>
internal static class WindowEvaluation
{
    /// <summary>The confusion matrix of an engine's answers: the label with the highest output, the first of equals.</summary>
    /// <exception cref="CommandFailure">The windows are not what the model takes, or have classes it does not know.</exception>
    public static ConfusionMatrix Run(ITransformerEngine engine, WindowSet windows, Action<int> done)
    {
        RequireFit(engine.Info, windows);
        var classOf = engine.Info.Labels.Select(label => windows.ClassNames.Index().First(c => c.Item == label).Index).ToArray();
        var output = new sbyte[engine.Info.OutputCount];
        var answers = new int[windows.Count];
        for (var i = 0; i < windows.Count; i++)
        {
            engine.Run(windows.Window(i).ToArray(), output);
            answers[i] = classOf[Array.IndexOf(output, output.Max())];
            done(i + 1);
        }
        return new ConfusionMatrix(windows.ClassNames.Count, windows.Labels, answers);
    }

    private static void RequireFit(ModelInfo model, WindowSet windows)
    {
        if (windows.WindowSamples != model.WindowSamples || windows.Channels.Count != model.ChannelCount)
        {
            throw new CommandFailure("WRONG_SHAPE",
                $"The model takes {model.WindowSamples} x {model.ChannelCount} values, the data set has {windows.WindowSamples} x {windows.Channels.Count}.");
        }
        for (var i = 0; i < model.ChannelCount; i++)
        {
            var scale = Math.ScaleB(model.ChannelScaleMantissas[i], model.ChannelScaleShifts[i] - 31);
            if (windows.Channels[i].Unit != model.ChannelUnits[i] || Math.Abs(windows.Channels[i].Scale / scale - 1) > 1e-6)
            {
                throw new CommandFailure("WRONG_CHANNEL",
                    $"Channel {i} of the model, {model.ChannelNames[i]}, has another unit or scale than {windows.Channels[i].Name} of the data set.");
            }
        }
        if (model.Labels.Except(windows.ClassNames).FirstOrDefault() is { } unknown)
        {
            throw new CommandFailure("UNKNOWN_LABEL", $"The data set has no class '{unknown}'.");
        }
    }
}
