using System.Text;
using System.Text.RegularExpressions;

namespace NanoFormer.Logs;

/// <summary>Time stamps and port names that terminals put before lines, or into them (PuTTY, tio, minicom, screen, Arduino IDE, ts).</summary>
internal static partial class Stamp
{
    private const int Longest = 64;

    /// <summary>Length of stamps and port name at the beginning of a line, with the spaces after them; 0 without any.</summary>
    /// <param name="line">The line.</param>
    /// <param name="port">The port that is named, such as COM5 or ttyUSB0; null without one.</param>
    public static int PrefixLength(ReadOnlySpan<byte> line, out string? port)
    {
        port = null;
        if (line.IsEmpty || !MayBegin(line[0]))
        {
            return 0;
        }

        var match = Prefix().Match(Encoding.Latin1.GetString(line[..Math.Min(line.Length, Longest)]));
        var named = match.Groups["port"];
        port = named.Success ? named.Value : null;
        return named.Success || match.Groups["stamp"].Success ? match.Length : 0;
    }

    /// <summary>The line without the stamps in brackets that are inside it; null when there is none.</summary>
    public static byte[]? WithoutInner(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf((byte)'[') < 0)
        {
            return null;
        }

        string text = Encoding.Latin1.GetString(line);
        string without = Inner().Replace(text, "");
        return without.Length == text.Length ? null : Encoding.Latin1.GetBytes(without);
    }

    private static bool MayBegin(byte c) => c is (>= (byte)'0' and <= (byte)'9') or (byte)'[' or (byte)'(' or (byte)'/'
        or (>= (byte)'A' and <= (byte)'Z') or (byte)'t' or (byte)'c' or (byte)' ' or (byte)'\t';

    private const string Clock = @"\d{1,2}:\d\d:\d\d(?:[.,:]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?: [AP]M)?";
    private const string Date = @"(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d{4}|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d(?: \d{4})?)[ T_-]";
    private const string Moment = $@"(?:(?:{Date})?{Clock}|\d+\.\d+(?: \d+\.\d+)?)";
    private const string Bracketed = $@"\[ *{Moment} *\]|\( *{Moment} *\)";

    private const string Stamped = $@"(?<stamp>{Bracketed}|(?:{Date})?{Clock})(?:[ \t]*(?:->|>|\||:|-))?[ \t]?";

    // One space at most is the stamp's own: a wrapped line may go on with a space.
    [GeneratedRegex($@"^[ \t]*(?:{Stamped})?(?:(?<port>COM\d+|(?:/dev/)?(?:tty|cu\.)[\w.-]+)(?:[ \t]*[:>|])?[ \t])?(?:{Stamped})?")]
    private static partial Regex Prefix();

    [GeneratedRegex($@"\[ *{Moment} *\] ?")]
    private static partial Regex Inner();
}
