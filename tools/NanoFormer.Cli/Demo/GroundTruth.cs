using NanoFormer.Board;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>
/// Holds the log against a recording's labels. A window is judged when one label that the model knows covers all of it, as in training;
/// the others span a change of activity.
/// </summary>
internal sealed class GroundTruth
{
    private const double StepSeconds = 0.02;

    /// <summary>Judges the infer records of a log.</summary>
    public GroundTruth(IMotionSource motion, ModelInfo model, IEnumerable<LogLine> records)
    {
        double seconds = model.WindowSamples * 1000.0 / model.RateMillihertz;
        foreach (var record in records)
        {
            Windows++;
            double start = record.Number("t0_ms", 0) / 1000.0;
            if (LabelOver(motion, start, start + seconds) is not { } label || !model.Labels.Contains(label))
            {
                continue;
            }

            Judged++;
            ModelRight += record.Text("raw") == label ? 1 : 0;
            DeviceRight += record.Text("label") == label ? 1 : 0;
            Unknown += record.Text("label") == "unknown" ? 1 : 0;
        }
    }

    /// <summary>Windows in the log.</summary>
    public int Windows { get; }

    /// <summary>Windows with a single known label.</summary>
    public int Judged { get; }

    /// <summary>Judged windows whose most probable class was right.</summary>
    public int ModelRight { get; }

    /// <summary>Judged windows whose answer, after threshold and smoothing, was right.</summary>
    public int DeviceRight { get; }

    /// <summary>Judged windows answered with "unknown".</summary>
    public int Unknown { get; }

    /// <summary>Accuracy of the model, 0..1; null when no window could be judged.</summary>
    public double? ModelAccuracy => Judged == 0 ? null : (double)ModelRight / Judged;

    /// <summary>Accuracy of the device's answers, 0..1; null when no window could be judged.</summary>
    public double? DeviceAccuracy => Judged == 0 ? null : (double)DeviceRight / Judged;

    private static string? LabelOver(IMotionSource motion, double from, double to)
    {
        string? label = motion.LabelAt(from);
        for (double at = from + StepSeconds; label is not null && at < to; at += StepSeconds)
        {
            label = motion.LabelAt(at) == label ? label : null;
        }

        return label;
    }
}
