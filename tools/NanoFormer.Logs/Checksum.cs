namespace NanoFormer.Logs;

/// <summary>CRC-16/CCITT-FALSE, the checksum of a log line (firmware/LOG-FORMAT.md).</summary>
internal static class Checksum
{
    /// <summary>The state before the first byte.</summary>
    public const ushort Start = 0xFFFF;

    /// <summary>Length of <c>*</c> and the four digits.</summary>
    public const int TextLength = 5;

    private const int Polynomial = 0x1021;

    // Tables[k][b]: what a byte b does to the state when k bytes follow it; several bytes per step are several times as fast.
    private static readonly ushort[][] Tables = MakeTables(8);

    /// <summary>The state after more bytes.</summary>
    public static ushort Add(ushort state, ReadOnlySpan<byte> bytes)
    {
        var (t0, t1, t2, t3, t4, t5, t6, t7) =
            (Tables[0], Tables[1], Tables[2], Tables[3], Tables[4], Tables[5], Tables[6], Tables[7]);
        while (bytes.Length >= 8)
        {
            state = (ushort)(t7[(state >> 8) ^ bytes[0]] ^ t6[(byte)state ^ bytes[1]] ^ t5[bytes[2]] ^ t4[bytes[3]]
                ^ t3[bytes[4]] ^ t2[bytes[5]] ^ t1[bytes[6]] ^ t0[bytes[7]]);
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
        {
            state = Add(state, value);
        }

        return state;
    }

    /// <summary>The state after one more byte.</summary>
    public static ushort Add(ushort state, byte value) => (ushort)((state << 8) ^ Tables[0][(state >> 8) ^ value]);

    /// <summary>Reads <c>*</c> and four upper-case hexadecimal digits at a place; -1 when they are not there.</summary>
    public static int TextAt(ReadOnlySpan<byte> text, int at)
    {
        if (at < 0 || at + TextLength > text.Length || text[at] != '*')
        {
            return -1;
        }

        int value = 0;
        for (int i = 1; i < TextLength; i++)
        {
            int digit = HexDigit(text[at + i]);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    private static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    private static ushort[][] MakeTables(int count)
    {
        ushort[][] tables = new ushort[count][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(OfOneByte)];
        for (int k = 1; k < count; k++)
        {
            ushort[] before = tables[k - 1];
            tables[k] = [.. before.Select(state => (ushort)((state << 8) ^ tables[0][state >> 8]))];
        }

        return tables;
    }

    private static ushort OfOneByte(int value)
    {
        int state = value << 8;
        for (int bit = 0; bit < 8; bit++)
        {
            state = (state << 1) ^ ((state & 0x8000) != 0 ? Polynomial : 0);
        }

        return (ushort)state;
    }
}
