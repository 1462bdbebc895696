using System;

namespace NanoFormer.Interop
{
    /// <summary>Puts a log line together and seals it with its checksum (firmware/LOG-FORMAT.md).</summary>
    /// <remarks>On the device native code does it in one call, because interpreted code would take longer than an inference.</remarks>
    public static class LineFormatter
    {
        /// <summary>Writes the words of a line, its checksum and CR LF.</summary>
        /// <param name="keys">Per field its key; an empty key makes the field a bare word.</param>
        /// <param name="numbers">Per field its number, where the text is null.</param>
        /// <param name="texts">
        /// Per field its text, or null. In it, whatever is not allowed in a value becomes an underscore, and so does an empty text.
        /// </param>
        /// <param name="count">How many fields there are.</param>
        /// <param name="values">Values of one more field, <c>v</c>, each as the four hexadecimal digits of its two's complement; or null.</param>
        /// <param name="valueCount">How many values there are.</param>
        /// <param name="line">Takes the line.</param>
        /// <returns>Bytes of the line, or -1 when it does not fit.</returns>
        /// <exception cref="ArgumentNullException">An array or a key is missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An array holds fewer entries than it should.</exception>
        public static int Format(
            string[] keys, long[] numbers, string[] texts, int count, short[] values, int valueCount, byte[] line)
        {
#if NANOFRAMEWORK_1_0
            return NativeLine.Format(keys, numbers, texts, count, values, valueCount, line);
#else
            return ManagedLine.Format(keys, numbers, texts, count, values, valueCount, line);
#endif
        }
    }
}
