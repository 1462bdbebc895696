#if !NANOFRAMEWORK_1_0
using System;
using System.Globalization;
using System.Text;

namespace NanoFormer.Interop
{
    /// <summary>The line formatter of .NET, written apart from the native one (native-interop/log).</summary>
    [HostOnly]
    internal static class ManagedLine
    {
        internal static int Format(
            string[] keys, long[] numbers, string[] texts, int count, short[] values, int valueCount, byte[] line)
        {
            ArgumentNullException.ThrowIfNull(line);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Min(keys.Length, Math.Min(numbers.Length, texts.Length)));
            var text = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                ArgumentNullException.ThrowIfNull(keys[i]);
                text.Append(i == 0 ? "" : " ").Append(keys[i].Length == 0 ? "" : keys[i] + "=");
                text.Append(texts[i] == null ? numbers[i].ToString(CultureInfo.InvariantCulture) : Word(texts[i]));
            }

            if (values != null)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(valueCount, values.Length);
                text.Append(text.Length == 0 ? "v=" : " v=");
                for (int i = 0; i < valueCount; i++)
                {
                    text.Append(((ushort)values[i]).ToString("X4", CultureInfo.InvariantCulture));
                }
            }

            text.Append(' ');
            int crc = Crc16.Of(text.ToString(), 0, text.Length);
            text.Append('*').Append(crc.ToString("X4", CultureInfo.InvariantCulture)).Append("\r\n");
            return text.Length <= line.Length ? Encoding.ASCII.GetBytes(text.ToString(), line) : -1;
        }

        private static string Word(string text)
        {
            var word = new StringBuilder(text.Length);
            foreach (char c in text)
            {
                bool plain = c > ' ' && c <= '~' && c != '*' && c != '=';
                word.Append(plain ? c : '_');
            }

            return word.Length == 0 ? "_" : word.ToString();
        }
    }
}
#endif
