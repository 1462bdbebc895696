#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>What stands for the native path on .NET; <see cref="Capture"/> describes the calls, and checks their arguments.</summary>
    [HostOnly]
    public interface ICaptureSource : IDisposable
    {
        /// <summary>Channels of the model.</summary>
        int ChannelCount { get; }

        /// <summary>The window, [windowSamples * ChannelCount]; the first <see cref="CaptureFacts.Held"/> samples are valid.</summary>
        short[] Window { get; }

        /// <summary>Begins to capture.</summary>
        void Start();

        /// <summary>Ends capturing.</summary>
        void Stop();

        /// <summary>Waits for an event, and fills the numbers of <see cref="CaptureFacts"/>.</summary>
        CaptureEvent Wait(int milliseconds, long[] facts);

        /// <summary>Reads the bias, [3].</summary>
        void GetBias(int[] bias);

        /// <summary>Sets the bias, [3].</summary>
        void SetBias(int[] bias);

        /// <summary>Fills the numbers of <see cref="CaptureTotals"/>, in the order of its properties.</summary>
        void GetTotals(long[] numbers);
    }
}
#endif
