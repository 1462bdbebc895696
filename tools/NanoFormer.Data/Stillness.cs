using NanoFormer.Runtime;

namespace NanoFormer.Data;

/// <summary>The device's rule for a still window: the root of the summed variances of acceleration is within a limit.</summary>
public static class Stillness
{
    private static readonly double LimitG = new ApplicationSettings().StillDeviationMilliG / 1000.0;

    /// <summary>Whether a window is still; one without acceleration always is.</summary>
    public static bool IsStill(WindowSet windows, int index) => windows.Channels.Index().Sum(channel =>
        AccelerationUnit.InG(channel.Item.Unit) is { } inG ? Variance(windows, index, channel.Index, channel.Item.Scale * inG) : 0) <= LimitG * LimitG;

    /// <summary>Of one channel, with what a step of it is; in its square.</summary>
    private static double Variance(WindowSet windows, int index, int channel, double step)
    {
        var (mean, squares) = (0.0, 0.0);
        var window = windows.Window(index);
        for (int i = channel; i < window.Length; i += windows.Channels.Count)
        {
            double value = window[i] * step;
            mean += value / windows.WindowSamples;
            squares += value * value / windows.WindowSamples;
        }

        return squares - (mean * mean);
    }
}
