#if NANOFRAMEWORK_1_0
using System.Runtime.CompilerServices;

namespace NanoFormer.Interop
{
    /// <summary>The marker pin inside nanoCLR (native-interop/nanoframework).</summary>
    internal static class NativeMarker
    {
        /// <summary>Makes a pin the marker; from then on it is low outside inferences.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Attach(int pin);

        /// <summary>Leaves the pin low and lets it go.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Detach();
    }
}
#endif
