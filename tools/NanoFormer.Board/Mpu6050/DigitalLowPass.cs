namespace NanoFormer.Board;

/// <summary>
/// The digital low-pass filter (DLPF) of one axis: a second-order Butterworth section by the bilinear transform, -3 dB exactly at the
/// bandwidth the register names. The chip's own coefficients are not published; this order comes near its published delays
/// (44 Hz: 4.9 ms published, 5.1 ms here).
/// </summary>
internal sealed class DigitalLowPass
{
    private double b0;
    private double a1;
    private double a2;
    private double state1;
    private double state2;
    private bool primed;

    /// <summary>Sets the bandwidth in Hz for a sampling rate in Hz, keeping what the filter remembers.</summary>
    public void SetBandwidth(double bandwidthHz, double rateHz)
    {
        var k = Math.Tan(Math.PI * bandwidthHz / rateHz);
        var norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
        b0 = k * k * norm;
        a1 = 2 * ((k * k) - 1) * norm;
        a2 = (1 - (Math.Sqrt(2) * k) + (k * k)) * norm;
    }

    /// <summary>Forgets the past: the next input is taken as having been there for ever.</summary>
    public void Reset() => primed = false;

    /// <summary>Filters one sample.</summary>
    public double Step(double input)
    {
        if (!primed)
        {
            state2 = (b0 - a2) * input;
            state1 = ((2 * b0) - a1) * input + state2;
            primed = true;
        }

        // Transposed direct form II; b1 = 2 b0 and b2 = b0.
        var output = (b0 * input) + state1;
        state1 = (2 * b0 * input) - (a1 * output) + state2;
        state2 = (b0 * input) - (a2 * output);
        return output;
    }
}
