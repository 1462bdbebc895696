#if NANOFRAMEWORK_1_0
using System;
using System.Runtime.CompilerServices;

namespace NanoFormer.Interop
{
    /// <summary>The engine inside nanoCLR (native-interop/nanoframework). A result below 0 is an <see cref="EngineStatus"/>.</summary>
    internal static class NativeTransformer
    {
        /// <summary>GetText: the model's name; index 0.</summary>
        internal const int ModelIdText = 0;

        /// <summary>GetText: the label of an output.</summary>
        internal const int LabelText = 1;

        /// <summary>GetText: the name of a channel.</summary>
        internal const int ChannelNameText = 2;

        /// <summary>GetText: the unit of a channel.</summary>
        internal const int ChannelUnitText = 3;

        /// <summary>Closes what an earlier application left open: the firmware's memory outlives a restart of the CLR.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void CloseAll();

        /// <summary>Opens an image that is linked into the firmware and gives its handle.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int OpenLinked(int image);

        /// <summary>Opens an image in flash and gives its handle.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int OpenAddress(uint address);

        /// <summary>Opens the image at the start of a partition and gives its handle.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int OpenPartition(string label);

        /// <summary>Opens an image in a resource file of a deployed assembly and gives its handle.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int OpenResource(string assembly, string resources, short id);

        /// <summary>Ends the use of a handle; one that is no longer open is let be.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void Close(int handle);

        /// <summary>Fills <see cref="ModelNumbers.Count"/> numbers.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void GetNumbers(int handle, int[] numbers);

        /// <summary>Gives one of the image's names.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern string GetText(int handle, int kind, int index);

        /// <summary>Fills mantissa and shift of a channel's scale.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void GetScale(int handle, int channel, int[] mantissaAndShift);

        /// <summary>Runs a window: short[] or sbyte[], as the model has it.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Run(int handle, Array window, sbyte[] output);

        /// <summary>Runs the full window of the open capture where it lies.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int RunCapture(int handle, sbyte[] output);

        /// <summary>Begins a run in slices.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Begin(int handle, Array window);

        /// <summary>Runs operators and gives how many remain. The window is given again: the garbage collector may have moved it.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Continue(int handle, Array window, int operators, sbyte[] output);

        /// <summary>Begins a stream.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int BeginStream(int handle);

        /// <summary>Takes samples of a stream and gives the number of steps.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Step(int handle, Array samples, int offset, int count, sbyte[] output);

        /// <summary>Runs the test vectors.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int SelfTest(int handle);

        /// <summary>Fills the numbers of <see cref="TransformerStatistics"/>.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern void GetStatistics(int handle, long[] numbers);
    }
}
#endif
