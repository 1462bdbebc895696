namespace NanoFormer.Board;

/// <summary>
/// The digital low-pass filter (DLPF) of one axis: a second-order Butterworth section by the bilinear transform, -3 dB exactly at the
/// bandwidth the register names. The chip's own coefficients are not published; this order comes near its published delays
/// (44 Hz: 4.9 ms published, 5.1 ms here).
/// </summary>
internal sealed class DigitalLowPass
{
    private double _b0;
    private double _a1;
    private double _a2;
    private double _state1;
    private double _state2;
    private bool _primed;

    /// <summary>Sets the bandwidth in Hz for a sampling rate in Hz, keeping what the filter remembers.</summary>
    public void SetBandwidth(double bandwidthHz, double rateHz)
    {
        double k = Math.Tan(Math.PI * bandwidthHz / rateHz);
        double norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
        _b0 = k * k * norm;
        _a1 = 2 * ((k * k) - 1) * norm;
        _a2 = (1 - (Math.Sqrt(2) * k) + (k * k)) * norm;
    }

    /// <summary>Forgets the past: the next input is taken as having been there forever.</summary>
    public void Reset() => _primed = false;

    /// <summary>Filters one sample.</summary>
    public double Step(double input)
    {
        if (!_primed)
        {
            _state2 = (_b0 - _a2) * input;
            _state1 = ((2 * _b0) - _a1) * input + _state2;
            _primed = true;
        }

        // Transposed direct form II; b1 = 2 b0 and b2 = b0.
        double output = (_b0 * input) + _state1;
        _state1 = (2 * _b0 * input) - (_a1 * output) + _state2;
        _state2 = (_b0 * input) - (_a2 * output);
        return output;
    }
}
