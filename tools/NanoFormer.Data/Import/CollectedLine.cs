using System.Globalization;

namespace NanoFormer.Data.Import;

/// <summary>The samples of one line of a log.</summary>
/// <param name="Line">Number of the line in the file.</param>
/// <param name="First">Number of its first sample in the recording, from 0; below 0 when it does not say.</param>
/// <param name="Digits">Whole samples of int16, each value as the four hexadecimal digits of its two's complement.</param>
/// <param name="TimeMilliseconds">Device time at which the line was written.</param>
internal sealed record CollectedLine(int Line, long First, string Digits, long TimeMilliseconds)
{
    private const int DigitsPerValue = 4;

    /// <summary>The values, [samples][channels] one after the other; null when they are not whole samples.</summary>
    public short[]? Values(int channels)
    {
        if (Digits.Length == 0 || Digits.Length % (DigitsPerValue * channels) != 0)
        {
            return null;
        }

        short[] values = new short[Digits.Length / DigitsPerValue];
        for (int i = 0; i < values.Length; i++)
        {
            var value = Digits.AsSpan(i * DigitsPerValue, DigitsPerValue);
            if (!ushort.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort bits))
            {
                return null;
            }

            values[i] = (short)bits;
        }

        return values;
    }
}
