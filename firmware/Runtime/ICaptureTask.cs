namespace NanoFormer.Runtime
{
    /// <summary>What the captured samples are for: to be recognised, or to be collected.</summary>
    /// <remarks>They come in stretches without gaps: <see cref="Begin"/> before each, <see cref="End"/> after it.</remarks>
    internal interface ICaptureTask
    {
        /// <summary>A stretch begins: what came before does not continue.</summary>
        void Begin();

        /// <summary>Takes a sample, [channels] in raw model steps; valid during the call.</summary>
        void TakeSample(short[] sample);

        /// <summary>Takes a window that the last sample filled; valid during the call.</summary>
        /// <param name="window">[windowSamples][channels] in raw model steps.</param>
        /// <param name="startMicroseconds">Clock time of its first sample.</param>
        /// <param name="still">Whether it was still.</param>
        void TakeWindow(short[] window, long startMicroseconds, bool still);

        /// <summary>The stretch is over, by a gap or because capture ends. May come again without a beginning.</summary>
        void End();
    }
}
