using NanoFormer.Training.Network;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Export;

/// <summary>Fits the anomaly score to its int8 output, and finds the alarm's threshold.</summary>
internal static class ScoreScale
{
    /// <summary>Where the training windows' highest scores come to lie: room for four times as much above them.</summary>
    private const double UsualHighest = 0.25;

    private const int ThresholdWindows = 4096;

    /// <summary>Sets the gain of the score from windows of the training.</summary>
    public static void Set(Encoder network, EpochLoop epochs, IReadOnlyList<int> windows)
    {
        if (network.Options.Score is not { } score)
        {
            return;
        }
        using var inference = no_grad();
        var highest = epochs.PlainBatches(windows).Max(batch => network.Run(new FloatOperators(batch)).Error!.max().item<float>());
        network.RaiseScore(Math.Pow(UsualHighest / Math.Max(highest, 1e-9), 1.0 / (int)score.Norm));
    }

    /// <summary>The int8 score that the configured share of training windows stays below; null for a network without score.</summary>
    public static int? AlarmThreshold(Encoder network, DeviceForward device, EpochLoop epochs, int trainWindows)
    {
        if (network.Options.Score is not { } score)
        {
            return null;
        }
        var count = Math.Min(ThresholdWindows, trainWindows);
        int[] spread = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * trainWindows / count))];
        int[] scores = [.. epochs.PlainBatches(spread)
            .SelectMany(batch => device.Answer(network, batch).Select(outputs => (int)outputs[^1])).Order()];
        var index = (int)Math.Min(Math.Ceiling(score.AlarmPercentile / 100 * scores.Length), scores.Length) - 1;
        return Math.Min(scores[index] + 1, sbyte.MaxValue);
    }
}
