using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>Random changes to training windows; each is drawn once per window unless said otherwise, and 0 or empty turns it off.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Triples of channels (x, y, z of one sensor) that turn together.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Triads { get; init; } = [];

    /// <summary>Standard deviation of the rotation about each axis, in degrees.</summary>
    [Range(0.0, 180)]
    public double RotationDegrees { get; init; }

    /// <summary>Standard deviation of a common gain about 1.</summary>
    [Range(0, 0.5)]
    public double Gain { get; init; }

    /// <summary>
    /// Standard deviation, in dB, of the frequency response that each channel is filtered with: drawn at nine frequencies from 0 to half
    /// the rate, and straight between them. Other machines and mountings carry a vibration otherwise to the sensor.
    /// </summary>
    [Range(0.0, 20)]
    public double ResponseDecibels { get; init; }

    /// <summary>Standard deviation of the white noise on each sample, by unit or channel.</summary>
    public IReadOnlyDictionary<string, double> Noise { get; init; } = new Dictionary<string, double>();

    /// <summary>Standard deviation of a constant offset on each channel, by unit or channel.</summary>
    public IReadOnlyDictionary<string, double> Offset { get; init; } = new Dictionary<string, double>();

    /// <summary>Largest relative change of speed, about the middle of the window; at most 0.5.</summary>
    [Range(0, 0.5)]
    public double TimeWarp { get; init; }

    /// <summary>Standard deviation of each sample's time stamp, in samples.</summary>
    [Range(0.0, 4)]
    public double Jitter { get; init; }

    /// <summary>Part of the samples that are lost and repeat the one before, 0..0.5.</summary>
    [Range(0, 0.5)]
    public double Dropped { get; init; }

    /// <summary>Longest span that is set to the window's mean, as a part of the window, 0..0.5; its length and place are drawn.</summary>
    [Range(0, 0.5)]
    public double Masked { get; init; }
}
