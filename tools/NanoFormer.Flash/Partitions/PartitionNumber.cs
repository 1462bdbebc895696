using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>The numbers of a partition table: <c>0x9000</c>, <c>36864</c>, <c>24K</c>, <c>1M</c>.</summary>
internal static class PartitionNumber
{
    private static readonly (string Suffix, long Factor)[] Units = [("K", 1024), ("M", 1024 * 1024)];

    /// <summary>The number, null when it is none or takes more than 32 bits.</summary>
    public static long? Parse(string text)
    {
        foreach (var (suffix, factor) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return Digits(text[..^suffix.Length]) * factor is <= uint.MaxValue and var bytes ? bytes : null;
            }
        }

        return Digits(text);
    }

    private static long? Digits(string text)
    {
        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = isHexadecimal ? text.AsSpan(2) : text;
        var style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return uint.TryParse(digits, style, CultureInfo.InvariantCulture, out uint value) ? value : null;
    }
}
