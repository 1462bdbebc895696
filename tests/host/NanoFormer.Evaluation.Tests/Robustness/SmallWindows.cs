using NanoFormer.Data;

namespace NanoFormer.Evaluation.Tests.Robustness;

/// <summary>Windows with channels acc_x, acc_y, acc_z in steps of 0.5 g and a temperature in steps of 2 degC.</summary>
internal static class SmallWindows
{
    public static readonly ChannelInfo[] Channels =
        [new("acc_x", "g", 0.5), new("acc_y", "g", 0.5), new("acc_z", "g", 0.5), new("temperature", "degC", 2)];

    /// <summary>A set of the values <c>[count][samples][4]</c>.</summary>
    public static WindowSet Of(int samples, params short[] values) => new()
    {
        WindowSamples = samples,
        RateHz = 10,
        Channels = Channels,
        ClassNames = ["one"],
        Samples = values,
        Labels = new int[values.Length / (samples * Channels.Length)],
        Subjects = [.. Enumerable.Repeat("a", values.Length / (samples * Channels.Length))],
    };

    /// <summary>A set of random values.</summary>
    public static WindowSet Random(int samples, int windows, int seed)
    {
        var random = new Random(seed);
        return Of(samples, [.. Enumerable.Range(0, windows * samples * Channels.Length).Select(_ => (short)random.Next(-1000, 1001))]);
    }
}
