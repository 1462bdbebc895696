using NanoFormer.Cli.Models;
using NanoFormer.Data;
using NanoFormer.Interop;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Whether windows are what a model takes.</summary>
internal static class WindowFit
{
    private const double ScaleTolerance = 1e-6;

    /// <summary>Requires the shape, units and scales of a model's window, and all of its classes.</summary>
    /// <exception cref="CommandFailure">The windows are not what the model takes, or lack some of the classes it knows.</exception>
    public static void Require(ModelInfo model, WindowSet windows)
    {
        if (windows.WindowSamples != model.WindowSamples || windows.Channels.Count != model.ChannelCount)
        {
            throw new CommandFailure("WRONG_SHAPE", $"The model takes {model.WindowSamples} x {model.ChannelCount} values, "
                + $"the data set has {windows.WindowSamples} x {windows.Channels.Count}.");
        }

        for (int i = 0; i < model.ChannelCount; i++)
        {
            double scale = Math.ScaleB(model.ChannelScaleMantissas[i], model.ChannelScaleShifts[i] - 31);
            if (windows.Channels[i].Unit != model.ChannelUnits[i] || Math.Abs(windows.Channels[i].Scale / scale - 1) > ScaleTolerance)
            {
                throw new CommandFailure("WRONG_CHANNEL", $"Channel {i} of the model, {model.ChannelNames[i]}, "
                    + $"has another unit or scale than {windows.Channels[i].Name} of the data set.");
            }
        }

        if (model.Labels.Take(model.ClassCount).Except(windows.ClassNames).FirstOrDefault() is { } unknown)
        {
            throw new CommandFailure("UNKNOWN_LABEL", $"The data set has no class '{unknown}'.");
        }
    }

    /// <summary>Requires that a configuration speaks of as many channels.</summary>
    /// <exception cref="CommandFailure">It speaks of others.</exception>
    public static void Require(TrainingConfig config, WindowSet windows)
    {
        int channels = windows.Channels.Count;
        if (config.Input.Ranges.Count != channels || config.Augmentation.Triads.Any(triad => triad.Any(channel => channel >= channels)))
        {
            throw new CommandFailure("WRONG_CONFIG", $"{ModelFile.ConfigName} beside the model is not for windows of {channels} channels.");
        }
    }
}
