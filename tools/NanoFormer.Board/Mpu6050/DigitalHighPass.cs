using System.Numerics;

namespace NanoFormer.Board;

/// <summary>
/// The high-pass filter in front of the motion detector (ACCEL_HPF): the input minus a reference. Reset keeps the reference at the
/// input, so that the output is 0; a cutoff lets it follow by a first-order lag; hold freezes it at the sample present when it was set.
/// </summary>
internal sealed class DigitalHighPass
{
    private const int ResetMode = 0;
    private const int HoldMode = 7;

    private static readonly double[] CutoffHz = [0, 5, 2.5, 1.25, 0.63];

    private Vector3 _reference;
    private Vector3 _latest;

    /// <summary>Tells the filter that ACCEL_HPF was written.</summary>
    public void SetMode(int mode)
    {
        if (mode == HoldMode)
        {
            _reference = _latest;
        }
    }

    /// <summary>Filters one sample, in g, taken a time step in seconds after the last one.</summary>
    public Vector3 Step(Vector3 input, int mode, double stepSeconds)
    {
        _latest = input;
        if (mode == HoldMode)
        {
            return input - _reference;
        }

        _reference += (float)Follow(mode, stepSeconds) * (input - _reference);
        return input - _reference;
    }

    private static double Follow(int mode, double stepSeconds) =>
        mode == ResetMode || mode >= CutoffHz.Length ? 1 : 1 - Math.Exp(-2 * Math.PI * CutoffHz[mode] * stepSeconds);
}
