using NanoFormer.Data;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Training.Phases;

/// <summary>Windows cut from recordings as a configuration says.</summary>
internal static class RecordingWindows
{
    /// <summary>A recording at the model's rate, without slow means.</summary>
    public static Recording Prepare(Recording recording, RecordingDataOptions options, DataOptions data)
    {
        var atRate = options.RateHz is { } rate && rate != recording.RateHz ? Resampling.Run(recording, rate, out _) : recording;
        return data.SlowMeanUnit.Length == 0 ? atRate : SignalConversion.RemoveSlowMean(atRate, data.SlowMeanUnit, data.SlowMeanHz);
    }

    /// <summary>The classes: those listed, else all that occur, and behind them the one of what has none.</summary>
    public static string[] ClassesOf(IReadOnlyList<Recording> recordings, RecordingDataOptions options)
    {
        var named = options.Classes.Count > 0 ? options.Classes : [.. recordings.SelectMany(r => r.ClassNames).Distinct()];
        return options.UnknownClass is { } unknown && !named.Contains(unknown) ? [.. named, unknown] : [.. named];
    }

    public static WindowSet Cut(IReadOnlyList<Recording> recordings, string[] classes, RecordingDataOptions options, int hop) =>
        options.UnknownClass is { } unknown
            ? StreamWindowing.Cut(recordings, classes, unknown, options.WindowSamples, hop)
            : Windowing.Cut(recordings, classes, options.WindowSamples, hop);
}
