using NanoFormer.Data;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How much of the signal lies beyond the ranges a model's input was calibrated for, where it is clipped.</summary>
/// <param name="Train">Part of the values the model learnt from, 0..1.</param>
/// <param name="Judged">Part of the values it is judged on, 0..1.</param>
internal sealed record InputClipping(double Train, double Judged)
{
    /// <summary>Clips so rare that they do not matter, however rare they were in training.</summary>
    private const double Negligible = 1e-3;

    /// <summary>Whether the windows judged on are clipped at most twice as often as those the ranges were chosen by.</summary>
    public bool IsRepresentative => Judged <= Math.Max(Negligible, 2 * Train);

    /// <summary>Counts; null when the windows that the model learnt from are not at hand.</summary>
    public static InputClipping? Measure(InputOptions input, EvaluationWindows data) => data.Train is null
        ? null
        : new InputClipping(Clipped(input, data.Train), Clipped(input, data.Windows));

    private static double Clipped(InputOptions input, WindowSet windows)
    {
        int width = windows.Channels.Count;
        double[] offsets = windows.Channels.Select((channel, i) => input.Offset(i) / channel.Scale).ToArray();
        double[] ranges = windows.Channels.Select((channel, i) => input.Ranges[i] / channel.Scale).ToArray();
        int clipped = 0;
        for (int i = 0; i < windows.Samples.Length; i++)
        {
            clipped += Math.Abs(windows.Samples[i] - offsets[i % width]) > ranges[i % width] ? 1 : 0;
        }

        return (double)clipped / windows.Samples.Length;
    }
}
