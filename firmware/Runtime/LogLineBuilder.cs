using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Gathers the fields of log lines, one line at a time; <see cref="LineFormatter"/> makes the text.</summary>
    internal sealed class LogLineBuilder
    {
        private const int MostFields = 24;
        private const int MostBytes = 1024;
        private const string HexDigits = "0123456789ABCDEF";

        private readonly string[] _keys = new string[MostFields];
        private readonly long[] _numbers = new long[MostFields];
        private readonly string[] _texts = new string[MostFields];
        private short[] _values;
        private int _valueCount;
        private int _count;

        /// <summary>The line that <see cref="End"/> made, with its line end.</summary>
        internal byte[] Bytes { get; } = new byte[MostBytes];

        /// <summary>Begins a line of a kind.</summary>
        internal void Begin(string kind)
        {
            _count = 0;
            _values = null;
            Field(LogWord.Bare, LogWord.Tag);
            Field(LogWord.Bare, kind);
        }

        /// <summary>Adds a field; whatever is not allowed in a value becomes an underscore.</summary>
        internal void Field(string key, string value)
        {
            _keys[_count] = key;
            _texts[_count] = value;
            _count++;
        }

        /// <summary>Adds a decimal number.</summary>
        internal void Field(string key, long value)
        {
            _keys[_count] = key;
            _texts[_count] = null;
            _numbers[_count] = value;
            _count++;
        }

        /// <summary>Adds a number as upper-case hexadecimal digits.</summary>
        internal void HexField(string key, uint value, int digits)
        {
            char[] text = new char[digits];
            for (int i = digits - 1; i >= 0; i--)
            {
                text[i] = HexDigits[(int)(value & 15)];
                value >>= 4;
            }

            Field(key, new string(text));
        }

        /// <summary>Ends the line with the field <c>v</c>: the first values of an array, in hexadecimal.</summary>
        internal void Values(short[] values, int count)
        {
            _values = values;
            _valueCount = count;
        }

        /// <summary>Makes the line; gives its length in <see cref="Bytes"/>, or -1 when it is too long.</summary>
        internal int End()
        {
            return LineFormatter.Format(_keys, _numbers, _texts, _count, _values, _valueCount, Bytes);
        }
    }
}
