#if NANOFRAMEWORK_1_0
using System.Runtime.CompilerServices;

namespace NanoFormer.Interop
{
    /// <summary>The capture inside nanoCLR (native-interop/nanoframework). There is one.</summary>
    internal static class NativeCapture
    {
        /// <summary>Takes bus and interrupt pin; settings in the order in which <see cref="CaptureSession"/> fills them.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Open(int[] settings, byte[] channelWords);

        /// <summary>Gives bus and interrupt pin back; does nothing when the capture is not open.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Close();

        /// <summary>Begins to capture.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Start();

        /// <summary>Ends capturing.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Stop();

        /// <summary>Blocks this thread alone until a hop has gathered since the last wait; gives the samples that wait.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Wait(int milliseconds);

        /// <summary>Reads what waits up to the next gap, and fills <see cref="CaptureChunk.Count"/> numbers.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Read(short[] samples, int offset, int count, long[] chunk);

        /// <summary>Fills <see cref="CaptureTotals.Count"/> numbers.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void GetTotals(long[] numbers);
    }
}
#endif
