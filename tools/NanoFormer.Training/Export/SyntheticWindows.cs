using NanoFormer.Data;

namespace NanoFormer.Training.Export;

/// <summary>Made-up windows for an image's self-test, so that no recorded data is shipped: smooth motion, and extremes.</summary>
internal static class SyntheticWindows
{
    private const int MotionWindows = 4;

    /// <summary>
    /// As many windows as asked for, of the shape of <paramref name="like"/>: noise over the whole range of int16, motion of falling
    /// strength, both limits of int16, silence.
    /// </summary>
    public static IEnumerable<short[]> For(WindowSet like, InputOptions input) => All(like, input).Take(input.SelfTestWindows);

    private static IEnumerable<short[]> All(WindowSet like, InputOptions input)
    {
        var random = new Random(1);
        yield return Filled(like, (_, _) => (short)random.Next(short.MinValue, short.MaxValue + 1));
        for (int i = MotionWindows - 1; i >= 0; i--)
        {
            yield return Motion(like, input, strength: 0.1 + 0.3 * i, random);
        }

        yield return Filled(like, (sample, _) => sample / 8 % 2 == 0 ? short.MaxValue : short.MinValue);
        yield return new short[like.WindowValues];
    }

    /// <summary>On each channel a constant (a share of gravity, say), two harmonics and a little noise, in parts of full scale.</summary>
    private static short[] Motion(WindowSet like, InputOptions input, double strength, Random random)
    {
        double[] level = like.Channels.Select(_ => 0.5 * (random.NextDouble() - 0.5)).ToArray();
        double[] phase = like.Channels.Select(_ => 2 * Math.PI * random.NextDouble()).ToArray();
        double cycles = 2 + 4 * random.NextDouble();
        return Filled(like, (sample, channel) =>
        {
            double angle = 2 * Math.PI * cycles * sample / like.WindowSamples + phase[channel];
            double part = level[channel] + 0.4 * strength * (Math.Sin(angle) + 0.4 * Math.Sin(2 * angle)) + 0.01 * (random.NextDouble() - 0.5);
            double steps = (input.Offset(channel) + part * input.Ranges[channel]) / like.Channels[channel].Scale;
            return (short)Math.Clamp(steps, short.MinValue, short.MaxValue);
        });
    }

    private static short[] Filled(WindowSet like, Func<int, int, short> value)
    {
        int channels = like.Channels.Count;
        return [.. Enumerable.Range(0, like.WindowValues).Select(i => value(i / channels, i % channels))];
    }
}
