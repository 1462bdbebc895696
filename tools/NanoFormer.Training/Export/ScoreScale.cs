using NanoFormer.Training.Phases;
using static TorchSharp.torch;

namespace NanoFormer.Training.Export;

/// <summary>Fits the anomaly score to its int8 output, and finds the alarm's threshold.</summary>
internal static class ScoreScale
{
    private const int ThresholdWindows = 4096;

    /// <summary>Sets the gain of the score from windows of the training.</summary>
    public static void Set(Encoder network, EpochLoop epochs, IReadOnlyList<int> windows)
    {
        if (network.Options.Score is not { } score)
        {
            return;
        }

        using var inference = no_grad();
        float[] scores = [.. epochs.PlainBatches(windows)
            .SelectMany(batch => StraightThrough.Values(network.Run(new FloatOperators(batch)).Score!)).Order()];
        float usual = scores[IndexOf(score.GainPercentile, scores.Length)];
        network.RaiseScore(Math.Pow(score.GainLevel / Math.Max(usual, 1e-9), 1.0 / (int)score.Norm));
    }

    /// <summary>
    /// The int8 score that the configured share of windows stays below: of those held out for it, or of the training's; null for a
    /// network without score.
    /// </summary>
    public static int? AlarmThreshold(Encoder network, DeviceForward device, EpochLoop epochs, TrainingData data)
    {
        if (network.Options.Score is not { } score)
        {
            return null;
        }

        using var heldOut = data.Alarm is null ? null : new WindowTensors(data.Alarm);
        int available = (data.Alarm ?? data.Train).Count;
        int count = Math.Min(ThresholdWindows, available);
        int[] spread = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * available / count))];
        int[] scores = [.. epochs.PlainBatches(spread, heldOut)
            .SelectMany(batch => device.Answer(network, batch).Select(outputs => (int)outputs[^1])).Order()];
        int usual = scores[IndexOf(score.AlarmPercentile, scores.Length)] - sbyte.MinValue + 1;
        return (int)Math.Clamp(Math.Round(usual * Math.Pow(score.AlarmFactor, (int)score.Norm)) + sbyte.MinValue, sbyte.MinValue, sbyte.MaxValue);
    }

    private static int IndexOf(double percentile, int count) => Math.Clamp((int)Math.Ceiling(percentile / 100 * count), 1, count) - 1;
}
