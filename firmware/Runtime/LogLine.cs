using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>One parsed line of the inference log (firmware/LOG-FORMAT.md).</summary>
    public sealed class LogLine
    {
        /// <summary>The first word of every line; it changes with the format.</summary>
        public const string Tag = "nf1";

        private const int ChecksumLength = 5; // '*' and four digits

        private readonly string[] _words;

        private LogLine(string[] words)
        {
            _words = words;
        }

        /// <summary>Kind of the record: head, boot, wake, infer, gap, error, sleep, or one that a later firmware adds.</summary>
        public string Kind
        {
            get { return _words[1]; }
        }

        /// <summary>Reads a line. What comes before the tag, such as boot text, and a trailing line end are skipped.</summary>
        /// <returns>Null when there is no record in the line or its checksum does not match.</returns>
        public static LogLine Parse(string text)
        {
            int star = text.LastIndexOf('*');
            if (star < 0 || star + ChecksumLength > text.Length)
            {
                return null;
            }

            int checksum = ParseHex(text.Substring(star + 1, ChecksumLength - 1));
            for (int start = 0; start < star; start++)
            {
                if (StartsAt(text, start, Tag + " ") && Crc16.Of(text, start, star) == checksum)
                {
                    string[] words = text.Substring(start, star - start).Split(' ');
                    return words[1].Length == 0 ? null : new LogLine(words);
                }
            }

            return null;
        }

        /// <summary>The text of a field, or null when the record has none of that name.</summary>
        public string Text(string key)
        {
            string prefix = key + "=";
            for (int i = 2; i < _words.Length; i++)
            {
                if (StartsAt(_words[i], 0, prefix))
                {
                    return _words[i].Substring(prefix.Length);
                }
            }

            return null;
        }

        /// <summary>The number in a field, or <paramref name="fallback"/> when it is missing or no decimal number.</summary>
        public long Number(string key, long fallback)
        {
            string text = Text(key);
            if (text == null || text.Length == 0)
            {
                return fallback;
            }

            int first = text[0] == '-' ? 1 : 0;
            if (first == text.Length || text.Length > 18)
            {
                return fallback;
            }

            long value = 0;
            for (int i = first; i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    return fallback;
                }

                value = (value * 10) + (text[i] - '0');
            }

            return first == 1 ? -value : value;
        }

        // Character by character: the runtimes' own searches follow the culture.
        private static bool StartsAt(string text, int start, string part)
        {
            if (start + part.Length > text.Length)
            {
                return false;
            }

            for (int i = 0; i < part.Length; i++)
            {
                if (text[start + i] != part[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static int ParseHex(string digits)
        {
            int value = 0;
            for (int i = 0; i < digits.Length; i++)
            {
                int digit = HexDigit(digits[i]);
                if (digit < 0)
                {
                    return -1;
                }

                value = (value << 4) | digit;
            }

            return value;
        }

        private static int HexDigit(char c)
        {
            if (c >= '0' && c <= '9')
            {
                return c - '0';
            }

            return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        }
    }
}
