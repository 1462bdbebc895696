using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// From float to int8: activation ranges are calibrated, then the folded network may be fine-tuned while it computes as the device does.
/// </summary>
public sealed record QuantizationOptions
{
    /// <summary>How ranges are chosen.</summary>
    public CalibrationKind Calibration { get; init; } = CalibrationKind.MinMax;

    /// <summary>For <see cref="CalibrationKind.Percentile"/>: part of the values that lies inside, in percent.</summary>
    [Range(90.0, 100)]
    public double Percentile { get; init; } = 99.99;

    /// <summary>Training windows that calibrate the ranges before anything else.</summary>
    [Range(1, 1_000_000)]
    public int CalibrationWindows { get; init; } = 512;

    /// <summary>Passes over the training windows; 0 for quantization after training alone.</summary>
    [Range(0, 10_000)]
    public required int Epochs { get; init; }

    /// <summary>The first epochs, in which activation ranges follow the data; afterwards they are fixed.</summary>
    [Range(0, 10_000)]
    public required int ObserveEpochs { get; init; }

    /// <summary>Learning rate at the start; it falls to 0 along a cosine.</summary>
    [Range(0.0, 1)]
    public required double LearningRate { get; init; }

    /// <summary>Weight of the newest batch in the running range of an activation.</summary>
    [Range(1e-4, 1)]
    public double RangeMomentum { get; init; } = 0.02;
}

/// <summary>How the range of an activation is taken from what it was seen to be.</summary>
public enum CalibrationKind
{
    /// <summary>From the smallest to the greatest value.</summary>
    MinMax,

    /// <summary>Without the outermost values on either side.</summary>
    Percentile,

    /// <summary>The range with the least mean squared rounding and clipping error.</summary>
    Mse,
}
