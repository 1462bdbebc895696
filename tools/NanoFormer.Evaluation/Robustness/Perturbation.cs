using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>Something that goes wrong with a sensor. The same perturbation changes the same windows in the same way.</summary>
/// <param name="Name">What goes wrong, such as <c>noise</c>.</param>
/// <param name="Severity">How badly, in words.</param>
public abstract record Perturbation(string Name, string Severity)
{
    /// <summary>The windows as that sensor would have recorded them.</summary>
    public WindowSet Apply(WindowSet windows)
    {
        double[] scales = windows.Channels.Select(channel => channel.Scale).ToArray();
        short[] samples = new short[windows.Samples.Length];
        var change = Change(windows);
        double[] window = new double[windows.WindowValues];
        for (int first = 0; first < samples.Length; first += window.Length)
        {
            for (int i = 0; i < window.Length; i++)
            {
                window[i] = windows.Samples[first + i] * scales[i % scales.Length];
            }

            change(window);
            for (int i = 0; i < window.Length; i++)
            {
                samples[first + i] = ToInt16(window[i] / scales[i % scales.Length]);
            }
        }

        return windows.WithSamples(samples);
    }

    /// <summary>
    /// What changes one window <c>[WindowSamples][Channels.Count]</c> in physical units, in place; called for a set's windows in order.
    /// </summary>
    protected abstract Action<double[]> Change(WindowSet windows);

    // A converter saturates, too.
    private static short ToInt16(double steps) =>
        (short)Math.Clamp(Math.Round(steps, MidpointRounding.AwayFromZero), short.MinValue, short.MaxValue);
}
