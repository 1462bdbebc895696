using NanoFormer.Data;

namespace NanoFormer.Training.Phases;

/// <summary>Windows cut from the raw recordings a configuration names, in the form of the data set's own windows.</summary>
/// <param name="Train">Of recordings in the training part; null without such.</param>
/// <param name="Test">Of recordings in the test part; null without such.</param>
internal sealed record RawWindows(WindowSet? Train, WindowSet? Test)
{
    public static RawWindows Load(TrainingConfig config, string dataset, WindowSet like)
    {
        var recordings = config.Data.RawRecordings.SelectMany(folder => Read(config.Data, Path.Combine(dataset, folder), like)).ToArray();
        int hop = config.Input.HopSamples;
        return new RawWindows(
            Cut(recordings, WindowSource.TrainSplit, like, config.Data.RawHopSamples > 0 ? config.Data.RawHopSamples : hop),
            Cut(recordings, WindowSource.TestSplit, like, hop));
    }

    private static IEnumerable<Recording> Read(DataOptions options, string folder, WindowSet like)
    {
        foreach (var recording in PackedDataset.Open(folder).ReadRecordings())
        {
            var converted = SignalConversion.ToChannels(recording, like.Channels);
            yield return options.SlowMeanUnit.Length == 0
                ? converted
                : SignalConversion.RemoveSlowMean(converted, options.SlowMeanUnit, options.SlowMeanHz);
        }
    }

    private static WindowSet? Cut(Recording[] recordings, string split, WindowSet like, int hop)
    {
        var part = recordings.Where(r => r.Split == split).ToArray();
        return part.Length == 0 ? null : Windowing.Cut(part, like.ClassNames, like.WindowSamples, hop);
    }
}
