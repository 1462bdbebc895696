using System.Globalization;
using System.Text;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>
/// The checksum of a log line from LOG-FORMAT.md alone: polynomial division of the whole message, other than the firmware's
/// byte-wise update.
/// </summary>
internal static class LogChecksum
{
    private const int Polynomial = 0x11021;

    /// <summary>CRC-16/CCITT-FALSE of ASCII text: the start value 0xFFFF inverts the first 16 bits of the message.</summary>
    public static int Of(string text)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(text), 0, 0];
        message[0] ^= 0xFF;
        message[1] ^= 0xFF;
        int remainder = 0;
        for (int bit = 0; bit < 8 * message.Length; bit++)
        {
            remainder = remainder << 1 | message[bit / 8] >> (7 - bit % 8) & 1;
            remainder = remainder >> 16 == 0 ? remainder : remainder ^ Polynomial;
        }

        return remainder;
    }

    /// <summary>Whether a line is a whole record: tag, words, a star and the four digits of its checksum.</summary>
    public static bool IsRight(string line)
    {
        int star = line.LastIndexOf('*');
        return line.StartsWith("nf1 ", StringComparison.Ordinal)
            && star == line.Length - 5
            && line[(star + 1)..] == Of(line[..star]).ToString("X4", CultureInfo.InvariantCulture);
    }
}
