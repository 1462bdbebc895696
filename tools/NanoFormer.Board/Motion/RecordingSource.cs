using System.Numerics;

namespace NanoFormer.Board;

/// <summary>A sampled recording, interpolated by Catmull-Rom cubics, so that the sensor may sample it at a rate of its own.</summary>
public sealed class RecordingSource : IMotionSource
{
    private const int ChannelCount = 6;

    private readonly MotionSample[] _samples;
    private readonly string?[]? _labels;
    private readonly double _rateHz;

    /// <summary>Takes [samples][6] values: acceleration x, y, z in g, then angular rate x, y, z in degrees per second.</summary>
    /// <param name="name">Name for logs and reports.</param>
    /// <param name="samples">The recording, at least one sample.</param>
    /// <param name="rateHz">Sampling rate in Hz.</param>
    /// <param name="labels">One label a sample (null where unknown), or null for no labels at all.</param>
    /// <param name="isSynthetic">True when the samples were generated.</param>
    /// <exception cref="ArgumentException">No samples, a row without six values, or a label count that differs.</exception>
    public RecordingSource(string name, float[][] samples, double rateHz, string?[]? labels = null, bool isSynthetic = false)
        : this(name, Array.ConvertAll(samples, ToSample), rateHz, labels, isSynthetic)
    {
    }

    /// <summary>Takes a recording of ready-made samples; see the other constructor.</summary>
    public RecordingSource(string name, MotionSample[] samples, double rateHz, string?[]? labels = null, bool isSynthetic = false)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        if (samples.Length == 0)
        {
            throw new ArgumentException("A recording needs at least one sample.", nameof(samples));
        }

        if (labels is not null && labels.Length != samples.Length)
        {
            throw new ArgumentException($"{labels.Length} labels for {samples.Length} samples.", nameof(labels));
        }

        Name = name;
        IsSynthetic = isSynthetic;
        _samples = samples;
        _rateHz = rateHz;
        _labels = labels;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsSynthetic { get; }

    /// <inheritdoc/>
    public double DurationSeconds => _samples.Length / _rateHz;

    /// <inheritdoc/>
    public MotionSample At(double seconds)
    {
        double position = Math.Clamp(seconds * _rateHz, 0, _samples.Length - 1);
        int index = (int)position;
        float fraction = (float)(position - index);
        if (fraction == 0)
        {
            return _samples[index];
        }

        var (before, from, to, after) = (Clamped(index - 1), _samples[index], Clamped(index + 1), Clamped(index + 2));
        return new MotionSample(
            CatmullRom(before.Acceleration, from.Acceleration, to.Acceleration, after.Acceleration, fraction),
            CatmullRom(before.AngularRate, from.AngularRate, to.AngularRate, after.AngularRate, fraction));
    }

    /// <inheritdoc/>
    public string? LabelAt(double seconds) => _labels?[Math.Clamp((int)(seconds * _rateHz), 0, _labels.Length - 1)];

    private static MotionSample ToSample(float[] row)
    {
        if (row.Length != ChannelCount)
        {
            throw new ArgumentException($"A sample has {ChannelCount} values, not {row.Length}.");
        }

        return new MotionSample(new Vector3(row[0], row[1], row[2]), new Vector3(row[3], row[4], row[5]));
    }

    private static Vector3 CatmullRom(Vector3 p0, Vector3 p1, Vector3 p2, Vector3 p3, float t)
    {
        var quadratic = (2 * p0) - (5 * p1) + (4 * p2) - p3;
        var cubic = (3 * (p1 - p2)) + p3 - p0;
        return p1 + (0.5f * t * (p2 - p0 + (t * (quadratic + (t * cubic)))));
    }

    private MotionSample Clamped(int index) => _samples[Math.Clamp(index, 0, _samples.Length - 1)];
}
