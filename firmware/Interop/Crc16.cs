namespace NanoFormer.Interop
{
    /// <summary>CRC-16/CCITT-FALSE (IBM-3740): polynomial 0x1021, start 0xFFFF, not reflected, no final xor.</summary>
    public static class Crc16
    {
        /// <summary>Value before the first byte.</summary>
        public const int Start = 0xFFFF;

        /// <summary>Adds an ASCII character.</summary>
        public static int Add(int crc, char value)
        {
            crc ^= (value & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }

            return crc & 0xFFFF;
        }

        /// <summary>The checksum of the characters from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
        public static int Of(string text, int start, int end)
        {
            int crc = Start;
            for (int i = start; i < end; i++)
            {
                crc = Add(crc, text[i]);
            }

            return crc;
        }
    }
}
