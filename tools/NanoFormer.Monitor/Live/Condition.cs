using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Live;

/// <summary>
/// A condition on records, such as <c>label=FALL or score>200 and device=A1</c>: fields of the record, <c>kind</c> and <c>device</c>,
/// compared with <c>= != &lt; &lt;= &gt; &gt;=</c>; <c>and</c> binds tighter than <c>or</c>.
/// </summary>
public sealed partial class Condition
{
    private readonly Comparison[][] _anyOf;

    private Condition(Comparison[][] anyOf)
    {
        _anyOf = anyOf;
    }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FormatException">It is none; the message shows where.</exception>
    public static Condition Parse(string text)
    {
        var parts = Or().Split(text).Select(part => And().Split(part).Select(ParseComparison).ToArray()).ToArray();
        return new Condition(parts);
    }

    /// <summary>Whether a record fulfils it; null when the record lacks the fields to tell.</summary>
    public bool? Holds(LogRecord record, string device)
    {
        bool? any = null;
        foreach (var all in _anyOf)
        {
            bool? term = true;
            foreach (var comparison in all)
            {
                bool? one = comparison.Holds(record, device);
                term = one == false || term == false ? false : one is null ? null : term;
            }

            any = term == true || any == true ? true : term is false ? false : any;
        }

        return any;
    }

    private static Comparison ParseComparison(string text)
    {
        var match = Compared().Match(text);
        return match.Success
            ? new Comparison(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Trim('\'', '"'))
            : throw new FormatException($"'{text.Trim()}' is not a comparison; write FIELD=VALUE, FIELD!=VALUE, FIELD>NUMBER ..., joined by and, or.");
    }

    [GeneratedRegex(@"\s+or\s+|\s*\|\|\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"\s+and\s+|\s*&&\s*", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^\s*([a-z][a-z0-9_]*)\s*(==?|!=|<=|>=|<|>)\s*('[^']*'|""[^""]*""|[^\s=<>!]+)\s*$")]
    private static partial Regex Compared();

    private sealed class Comparison(string field, string sign, string value)
    {
        private readonly byte[] _field = Encoding.ASCII.GetBytes(field);
        private readonly double? _number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

        public bool? Holds(LogRecord record, string device)
        {
            string? actual = field switch
            {
                "kind" => record.KindName,
                "device" => device,
                _ => record.String(_field),
            };
            if (actual is null)
            {
                return null;
            }

            int order = _number is { } wanted && double.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number.CompareTo(wanted)
                : string.CompareOrdinal(actual, value);
            return sign switch
            {
                "=" or "==" => order == 0,
                "!=" => order != 0,
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                ">=" => order >= 0,
                _ => throw new InvalidOperationException($"'{sign}' compares nothing."),
            };
        }
    }
}
