#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>What a <see cref="Capture"/> reads from on .NET; it describes the calls, and checks their arguments.</summary>
    public interface ICaptureSource : IDisposable
    {
        /// <summary>Begins to capture.</summary>
        void Start();

        /// <summary>Ends capturing.</summary>
        void Stop();

        /// <summary>Blocks until a hop has gathered, or the time is over; gives the samples that wait.</summary>
        int Wait(int milliseconds);

        /// <summary>Reads samples, and fills the numbers of a chunk in the order of <c>nf_capture_chunk</c>.</summary>
        void Read(short[] samples, int offset, int count, long[] chunk);

        /// <summary>Fills the numbers of <see cref="CaptureTotals"/>, in the order of its properties.</summary>
        void GetTotals(long[] numbers);
    }
}
#endif
