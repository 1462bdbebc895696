#if NANOFRAMEWORK_1_0
using System.Runtime.CompilerServices;

namespace NanoFormer.Interop
{
    /// <summary>The engine inside nanoCLR. A result below 0 is a status of <see cref="EngineStatus"/>.</summary>
    internal static class NativeEngine
    {
        /// <summary>GetText: the model's name; index 0.</summary>
        internal const int ModelIdText = 0;

        /// <summary>GetText: the label of an output.</summary>
        internal const int LabelText = 1;

        /// <summary>GetText: the name of a channel.</summary>
        internal const int ChannelNameText = 2;

        /// <summary>GetText: the unit of a channel.</summary>
        internal const int ChannelUnitText = 3;

        /// <summary>Validates an image linked into the firmware, binds it to the static arena and gives its handle.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Open(int image);

        /// <summary>Ends the use of a handle.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Close(int handle);

        /// <summary>Fills <see cref="ModelNumbers.Count"/> numbers.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int GetNumbers(int handle, int[] numbers);

        /// <summary>Gives one of the image's names.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern string GetText(int handle, int kind, int index);

        /// <summary>Fills mantissa and shift of a channel's scale.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int GetScale(int handle, int channel, int[] mantissaAndShift);

        /// <summary>Runs a window.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Run(int handle, short[] window, sbyte[] output);

        /// <summary>Runs the test vectors.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int SelfTest(int handle);
    }
}
#endif
