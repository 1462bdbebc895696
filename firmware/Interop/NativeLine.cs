#if NANOFRAMEWORK_1_0
using System.Runtime.CompilerServices;

namespace NanoFormer.Interop
{
    /// <summary>Lines of the inference log, put together inside nanoCLR (native-interop/nanoframework).</summary>
    internal static class NativeLine
    {
        /// <summary>Builds one line, checksum and line end included.</summary>
        /// <param name="keys">Names of the fields; an empty one makes a bare word.</param>
        /// <param name="numbers">Values of the fields without a text.</param>
        /// <param name="texts">Values of the others; null where the number counts.</param>
        /// <param name="count">Fields to take of the arrays.</param>
        /// <param name="values">Values of one more field, v, in hexadecimal; null for none.</param>
        /// <param name="valueCount">How many values to take.</param>
        /// <param name="line">Takes the bytes.</param>
        /// <returns>The line's length; -1 when it does not fit.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        internal static extern int Format(
            string[] keys, long[] numbers, string[] texts, int count, short[] values, int valueCount, byte[] line);
    }
}
#endif
