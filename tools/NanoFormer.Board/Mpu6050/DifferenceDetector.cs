using System.Numerics;

namespace NanoFormer.Board;

/// <summary>
/// Wake-on-motion of the MPU6500 and ICM-206xx: each sample is compared with the one before, axis by axis; active while ACCEL_INTEL_CTRL
/// has both of its bits set.
/// </summary>
internal sealed class DifferenceDetector
{
    private const int Intelligence = 0xC0; // ACCEL_INTEL_EN, ACCEL_INTEL_MODE
    private const float GPerStep = 0.004f;

    private Vector3? _previous;

    /// <summary>Back to the state after power-up.</summary>
    public void Reset() => _previous = null;

    /// <summary>Takes an acceleration in g; gives the axes that moved, X in bit 2, Y in bit 1, Z in bit 0.</summary>
    public int Step(Vector3 acceleration, int control, ReadOnlySpan<byte> thresholds)
    {
        var previous = _previous;
        _previous = acceleration;
        if ((control & Intelligence) != Intelligence || previous is not { } last)
        {
            return 0;
        }

        int moved = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            if (Math.Abs(acceleration[axis] - last[axis]) > thresholds[axis] * GPerStep)
            {
                moved |= 4 >> axis;
            }
        }

        return moved;
    }
}
