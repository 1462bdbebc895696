#if NANOFRAMEWORK_1_0
using System.Runtime.CompilerServices;

namespace NanoFormer.Interop
{
    /// <summary>The capture inside nanoCLR (native-interop/nanoframework). There is one.</summary>
    internal static class NativeCapture
    {
        /// <summary>Takes bus and interrupt pin.</summary>
        /// <param name="settings"><see cref="CaptureSettings.ToNumbers"/>.</param>
        /// <param name="channels">For each channel of the model three: source, factor times 2^16, limit of stillness.</param>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Open(int[] settings, int[] channels);

        /// <summary>Gives bus and interrupt pin back; does nothing when the capture is not open.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Close();

        /// <summary>Begins to capture.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Start();

        /// <summary>Ends capturing.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Stop();

        /// <summary>Blocks this thread alone until a window is full, a gap came or the time is over; gives the event, 0 for none.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Wait(int milliseconds, long[] facts);

        /// <summary>Copies samples that the window holds.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void CopyWindow(int fromSample, short[] destination, int count);

        /// <summary>Fills the bias of the three rotation axes, in sensor steps.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void GetBias(int[] bias);

        /// <summary>Starts from a bias known from before.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void SetBias(int[] bias);

        /// <summary>Fills <see cref="CaptureTotals.Count"/> numbers.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void GetTotals(long[] numbers);
    }
}
#endif
