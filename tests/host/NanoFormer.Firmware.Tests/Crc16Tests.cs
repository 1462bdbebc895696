using CsCheck;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

public class Crc16Tests
{
    [Fact]
    public void The_published_check_value_comes_out()
    {
        Assert.Equal(0x29B1, Crc16.Of("123456789", 0, 9));
        Assert.Equal(Crc16.Start, Crc16.Of("123456789", 4, 4));
    }

    [Fact]
    public void It_is_the_remainder_of_a_division_of_polynomials() => Gen.Char[' ', '~'].Array[0, 60].Sample(chars =>
        Assert.Equal(LongDivision(chars), Crc16.Of(new string(chars), 0, chars.Length)));

    // The message with its first 16 bits inverted (start value) and 16 zeros appended, divided bit by bit by x^16 + x^12 + x^5 + 1.
    private static int LongDivision(char[] message)
    {
        int[] bits = message.SelectMany(c => Enumerable.Range(0, 8).Select(i => (c >> (7 - i)) & 1)).Concat(new int[16]).ToArray();
        for (int i = 0; i < 16; i++)
        {
            bits[i] ^= 1;
        }

        for (int i = 0; i < bits.Length - 16; i++)
        {
            if (bits[i] == 1)
            {
                bits[i] ^= 1;
                bits[i + 4] ^= 1;
                bits[i + 11] ^= 1;
                bits[i + 16] ^= 1;
            }
        }

        return bits[^16..].Aggregate(0, (value, bit) => (value << 1) | bit);
    }
}
