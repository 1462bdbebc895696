using System.Numerics;

namespace NanoFormer.Board;

/// <summary>
/// The chip's motion detection: a counter an axis rises by one for each high-passed sample beyond MOT_THR and falls as MOT_DETECT_CTRL
/// says; motion is detected while a counter stands at MOT_DUR or above. Samples are 1 ms apart, which makes MOT_DUR milliseconds,
/// except in cycle mode, where each wake-up brings one.
/// </summary>
internal sealed class MotionDetector(double gPerThresholdStep)
{
    private const int AxisCount = 3;
    private const int NegativeX = 0x80;
    private const int CounterLimit = 255;

    private readonly DigitalHighPass _highPass = new();
    private readonly int[] _counters = new int[AxisCount];

    /// <summary>MOT_DETECT_STATUS: axis and sign of the motion seen since it was last read (7 X-, 6 X+, 5 Y-, 4 Y+, 3 Z-, 2 Z+).</summary>
    public byte Status { get; private set; }

    /// <summary>Back to the state after power-up.</summary>
    public void Reset()
    {
        Array.Clear(_counters);
        Status = 0;
    }

    /// <summary>Tells the high-pass filter that ACCEL_HPF was written.</summary>
    public void SetHighPass(int mode) => _highPass.SetMode(mode);

    /// <summary>Clears <see cref="Status"/>, as reading it does.</summary>
    public void ClearStatus() => Status = 0;

    /// <summary>Takes one acceleration sample in g; true while motion is detected.</summary>
    public bool Step(Vector3 acceleration, int highPassMode, int threshold, int duration, int control, double stepSeconds)
    {
        var filtered = _highPass.Step(acceleration, highPassMode, stepSeconds);
        bool detected = false;
        for (int axis = 0; axis < AxisCount; axis++)
        {
            bool beyond = Math.Abs(filtered[axis]) > threshold * gPerThresholdStep;
            _counters[axis] = beyond ? Math.Min(CounterLimit, _counters[axis] + 1) : Decremented(_counters[axis], control);
            if (_counters[axis] < Math.Max(1, duration))
            {
                continue;
            }

            detected = true;
            Status |= (byte)(NegativeX >> ((2 * axis) + (filtered[axis] > 0 ? 1 : 0)));
        }

        return detected;
    }

    // MOT_COUNT, bits 1:0: 0 resets the counter, 1, 2 and 3 take 1, 2 and 4 off.
    private static int Decremented(int counter, int control) => (control & 3) switch
    {
        0 => 0,
        1 => Math.Max(0, counter - 1),
        2 => Math.Max(0, counter - 2),
        _ => Math.Max(0, counter - 4),
    };
}
