namespace NanoFormer.Emulator;

/// <summary>
/// Turns samples at the sensor's rate and scale into samples at a model's rate and scale: linear interpolation with a
/// 24-bit phase and one fixed-point factor a channel, rounded once and saturated.
/// </summary>
/// <remarks>Push one sample, then pull until nothing comes. The first output is the first input.</remarks>
internal sealed class Resampler
{
    /// <summary>Fraction bits of a channel's factor.</summary>
    public const int FactorBits = 16;

    private const int PhaseBits = 24;
    private const long One = 1L << PhaseBits;
    private const long LongestInput = 1L << 38;
    private const long LargestRatio = 1L << 38;

    private readonly int[] _sources;
    private readonly int[] _factors;
    private readonly int[] _previous;
    private readonly int[] _current;
    private bool _primed;
    private long _step = One;
    private long _phase;

    /// <summary>Sets up the channels.</summary>
    /// <param name="sources">For each output channel, the index of its value in an input sample.</param>
    /// <param name="factors">For each output channel, output steps an input step, times 2^16.</param>
    public Resampler(int[] sources, int[] factors)
    {
        _sources = sources;
        _factors = factors;
        _previous = new int[sources.Length];
        _current = new int[sources.Length];
    }

    /// <summary>Sets the ratio from two periods in nanoseconds; takes effect from the next output on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A period is not above 0, the input's is above 2^38 (275 s), or the ratio leaves 2^-24..2^38.
    /// </exception>
    public void SetPeriods(long inputNanoseconds, long outputNanoseconds)
    {
        if (inputNanoseconds <= 0 || inputNanoseconds > LongestInput || outputNanoseconds <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(inputNanoseconds));
        }

        // The whole part apart from the rest, so that no product leaves 64 bits.
        long whole = outputNanoseconds / inputNanoseconds;
        long rest = outputNanoseconds % inputNanoseconds;
        long step = (whole << PhaseBits) + (((rest << PhaseBits) + (inputNanoseconds / 2)) / inputNanoseconds);
        if (step == 0 || whole > LargestRatio)
        {
            throw new ArgumentOutOfRangeException(nameof(outputNanoseconds));
        }

        _step = step;
    }

    /// <summary>Forgets the past: the next input starts again, as after a gap.</summary>
    public void Restart()
    {
        _primed = false;
    }

    /// <summary>Takes an input sample.</summary>
    public void Push(short[] sample)
    {
        for (int i = 0; i < _sources.Length; i++)
        {
            _previous[i] = _current[i];
            _current[i] = sample[_sources[i]];
        }

        if (_primed)
        {
            _phase -= One;
            return;
        }

        _primed = true;
        _phase = One;
    }

    /// <summary>Writes the next sample to <paramref name="output"/>; false when another input must come first.</summary>
    public bool TryPull(Span<short> output)
    {
        if (!_primed || _phase > One)
        {
            return false;
        }

        for (int i = 0; i < _sources.Length; i++)
        {
            output[i] = Interpolate(i);
        }

        _phase += _step;
        return true;
    }

    private short Interpolate(int channel)
    {
        const int Shift = PhaseBits + FactorBits;
        long value = (_previous[channel] * One) + ((_current[channel] - _previous[channel]) * _phase);
        long scaled = ((value * _factors[channel]) + (1L << (Shift - 1))) >> Shift;
        return Saturation.ToInt16(scaled);
    }
}
