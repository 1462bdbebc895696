using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>How addresses are written.</summary>
internal static class Hex
{
    private const long Short = 0x1000000;

    /// <summary>An address as nanoff and the tables write it, such as <c>0x1E0000</c> or <c>0x080C0000</c>.</summary>
    public static string Address(long value) => value < Short
        ? string.Create(CultureInfo.InvariantCulture, $"0x{value:X}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{value:X8}");

    /// <summary>A CRC-32 as the log writes it.</summary>
    public static string Crc32(uint value) => value.ToString("X8", CultureInfo.InvariantCulture);
}
