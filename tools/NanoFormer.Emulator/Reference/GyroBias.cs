namespace NanoFormer.Emulator;

/// <summary>
/// Removes the slowly changing part of the rotation channels: a second-order Butterworth low-pass of 0.1 Hz, subtracted.
/// </summary>
/// <remarks>
/// UCI HAR's body_gyro was made with this very filter, so a model trained on it must be fed with it; it also removes the
/// sensor's own offset, which may be 20 degrees per second. The low-pass would need ten seconds to settle from zero, longer
/// than many a motion lasts. So it starts as the running mean of the first second, keeps its state over sleeps, and is set
/// to the mean of a stretch that turned out still, where that mean IS the offset. Arithmetic: a state-variable filter
/// (two integrators) in 64-bit integers with 24 fraction bits.
/// </remarks>
internal sealed class GyroBias
{
    private const int Axes = 3;
    private const int FractionBits = 24;
    private const long MicroRadiansPerSecond = 628319; // 2 pi * 0.1 Hz
    private const long DampingQ24 = 23726566;          // sqrt(2) * 2^24, Butterworth

    private readonly long _rateQ24;
    private readonly int _warmUpSamples;
    private readonly long[] _low = new long[Axes];
    private readonly long[] _band = new long[Axes];
    private readonly long[] _sum = new long[Axes];
    private int _seen;
    private int _stretch;

    /// <summary>Sets the filter up for a sample rate in hertz, 4 or more.</summary>
    public GyroBias(int sampleRateHertz)
    {
        _rateQ24 = (MicroRadiansPerSecond << FractionBits) / (1000000L * sampleRateHertz);
        _warmUpSamples = sampleRateHertz;
    }

    /// <summary>Subtracts the bias from three values of a sample, in place, saturating.</summary>
    public void Remove(short[] sample, int first)
    {
        for (int axis = 0; axis < Axes; axis++)
        {
            int index = first + axis;
            int raw = sample[index];
            _sum[axis] += raw;
            Track(axis, (long)raw << FractionBits);
            sample[index] = Saturation.ToInt16(raw - Bias(axis));
        }

        _stretch++;
        if (_seen < _warmUpSamples)
        {
            _seen++;
        }
    }

    /// <summary>The bias of an axis (0..2) in sensor steps, rounded.</summary>
    public int Bias(int axis)
    {
        return (int)((_low[axis] + (1L << (FractionBits - 1))) >> FractionBits);
    }

    /// <summary>Starts from a bias known from before, in sensor steps an axis.</summary>
    public void Restore(int[] bias)
    {
        for (int axis = 0; axis < Axes; axis++)
        {
            _low[axis] = (long)bias[axis] << FractionBits;
            _band[axis] = 0;
        }

        _seen = _warmUpSamples;
    }

    /// <summary>Ends a stretch of samples; when it was still, its mean becomes the bias.</summary>
    public void EndStretch(bool still)
    {
        for (int axis = 0; axis < Axes; axis++)
        {
            if (still && _stretch > 0)
            {
                _low[axis] = (_sum[axis] << FractionBits) / _stretch;
                _band[axis] = 0;
            }

            _sum[axis] = 0;
        }

        _stretch = 0;
    }

    private void Track(int axis, long input)
    {
        if (_seen < _warmUpSamples)
        {
            _low[axis] += (input - _low[axis]) / (_seen + 1);
            return;
        }

        long damping = ((_band[axis] >> 8) * (DampingQ24 >> 8)) >> (FractionBits - 16);
        long high = input - _low[axis] - damping;
        _band[axis] += Scale(high);
        _low[axis] += Scale(_band[axis]);
    }

    // |value| < 2^43 and the rate < 2^21 (4 Hz and up), so a few low bits are dropped before the product.
    private long Scale(long value)
    {
        return ((value >> 4) * _rateQ24) >> (FractionBits - 4);
    }
}
