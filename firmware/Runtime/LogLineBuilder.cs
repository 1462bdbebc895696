using System.Text;

namespace NanoFormer.Runtime
{
    /// <summary>Puts log lines together, one at a time, and seals each with its checksum (firmware/LOG-FORMAT.md).</summary>
    internal sealed class LogLineBuilder
    {
        private const string HexDigits = "0123456789ABCDEF";

        private readonly StringBuilder _text = new StringBuilder(192);
        private readonly char[] _digits = new char[20];
        private int _crc;

        /// <summary>Begins a line of a kind.</summary>
        internal void Begin(string kind)
        {
            _text.Clear();
            _crc = Crc16.Start;
            Put(LogLine.Tag);
            Put(' ');
            Put(kind);
        }

        /// <summary>Adds a field; whatever could not stand in a value becomes an underscore.</summary>
        internal void Field(string key, string value)
        {
            Key(key);
            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                bool plain = c > ' ' && c <= '~' && c != '*' && c != '=';
                Put(plain ? c : '_');
            }

            if (value.Length == 0)
            {
                Put('_');
            }
        }

        /// <summary>Adds a decimal number. Written here, for the runtimes' own text follows the culture.</summary>
        internal void Field(string key, long value)
        {
            Key(key);
            if (value < 0)
            {
                Put('-');
            }

            int count = 0;
            do
            {
                int digit = (int)(value % 10);
                _digits[count++] = (char)('0' + (digit < 0 ? -digit : digit));
                value /= 10;
            }
            while (value != 0);

            while (count > 0)
            {
                Put(_digits[--count]);
            }
        }

        /// <summary>Adds a number as upper-case hexadecimal digits.</summary>
        internal void HexField(string key, uint value, int digits)
        {
            Key(key);
            PutHex(value, digits);
        }

        /// <summary>Adds the first values of an array, each as the four hexadecimal digits of its two's complement.</summary>
        internal void HexField(string key, short[] values, int count)
        {
            Key(key);
            for (int i = 0; i < count; i++)
            {
                int value = values[i];
                PutHex((uint)value, 4);
            }
        }

        /// <summary>Seals the line and gives it.</summary>
        internal string End()
        {
            Put(' ');
            int crc = _crc;
            _text.Append('*');
            for (int shift = 12; shift >= 0; shift -= 4)
            {
                _text.Append(HexDigits[(crc >> shift) & 15]);
            }

            return _text.ToString();
        }

        private void Key(string key)
        {
            Put(' ');
            Put(key);
            Put('=');
        }

        private void PutHex(uint value, int digits)
        {
            for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
            {
                Put(HexDigits[(int)((value >> shift) & 15)]);
            }
        }

        private void Put(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                Put(text[i]);
            }
        }

        private void Put(char c)
        {
            _crc = Crc16.Add(_crc, c);
            _text.Append(c);
        }
    }
}
