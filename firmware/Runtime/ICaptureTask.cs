using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>What the captured samples are for: to be recognised, or to be collected.</summary>
    /// <remarks>They come in stretches without gaps: <see cref="Begin"/> before each, <see cref="End"/> after it.</remarks>
    internal interface ICaptureTask
    {
        /// <summary>A stretch begins: what came before does not continue.</summary>
        void Begin();

        /// <summary>Takes the full window of a capture.</summary>
        /// <param name="capture">The capture; its facts tell whether the window is still, and which samples are new.</param>
        /// <param name="startMicroseconds">Clock time of the window's first sample.</param>
        /// <param name="isMeasured">False when the sensor does not measure.</param>
        void TakeWindow(Capture capture, long startMicroseconds, bool isMeasured);

        /// <summary>The stretch is over; the capture holds what came after its last window. May come again without a beginning.</summary>
        void End(Capture capture);
    }
}
