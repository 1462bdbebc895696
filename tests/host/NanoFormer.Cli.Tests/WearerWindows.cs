using NanoFormer.Board;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests;

/// <summary>Windows that an ideal sensor would take of the synthetic wearer, in a model's raw steps.</summary>
internal static class WearerWindows
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>All windows of a day, one hop apart, <c>[WindowSamples * ChannelCount]</c> each.</summary>
    public static IReadOnlyList<short[]> Of(ModelInfo model, int seed)
    {
        var wearer = new SyntheticWearer(seed);
        double rate = model.RateMillihertz / 1000.0;
        int hops = (int)(wearer.DurationSeconds * rate - model.WindowSamples) / model.HopSamples;
        return [.. Enumerable.Range(0, hops + 1).Select(hop => Window(model, wearer, hop * model.HopSamples, rate))];
    }

    private static short[] Window(ModelInfo model, SyntheticWearer wearer, int first, double rate) =>
        [.. Enumerable.Range(first, model.WindowSamples).SelectMany(sample => Steps(model, wearer.At(sample / rate)))];

    private static IEnumerable<short> Steps(ModelInfo model, MotionSample motion)
    {
        double[] physical =
        [
            motion.Acceleration.X, motion.Acceleration.Y, motion.Acceleration.Z,
            motion.AngularRate.X / DegreesPerRadian, motion.AngularRate.Y / DegreesPerRadian, motion.AngularRate.Z / DegreesPerRadian,
        ];
        return physical.Select((value, i) =>
            (short)Math.Round(value / Math.ScaleB(model.ChannelScaleMantissas[i], model.ChannelScaleShifts[i] - 31)));
    }
}
