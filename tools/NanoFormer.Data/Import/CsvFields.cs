using System.Globalization;
using System.Text;

namespace NanoFormer.Data.Import;

/// <summary>
/// The fields of one line (RFC 4180, except that a row is always one line). Blanks around fields are not part of them, and neither is
/// a semicolon at the end of a line that is parted by something else.
/// </summary>
internal sealed class CsvFields(char delimiter)
{
    private readonly List<Range> _ranges = [];
    private char[] _text = new char[256];

    /// <summary>How many there are.</summary>
    public int Count => _ranges.Count;

    /// <summary>A field.</summary>
    public ReadOnlySpan<char> this[int index] => _text.AsSpan(_ranges[index]);

    /// <summary>The last field that is not empty, counted from 1.</summary>
    public int Used => _ranges.FindLastIndex(range => range.Start.Value < range.End.Value) + 1;

    /// <summary>Parts a line; what is wrong with its quotes, or null.</summary>
    public string? Split(ReadOnlySpan<char> line)
    {
        _ranges.Clear();
        if (delimiter != ';')
        {
            line = line.TrimEnd().TrimEnd(';');
        }

        if (_text.Length < line.Length)
        {
            _text = new char[line.Length];
        }

        if (line.Contains('"'))
        {
            return SplitQuoted(line);
        }

        line.CopyTo(_text);
        for (int begin = 0; begin <= line.Length;)
        {
            if (delimiter == ' ')
            {
                begin += line[begin..].Length - line[begin..].TrimStart().Length;
                if (begin == line.Length)
                {
                    break;
                }
            }

            var rest = line[begin..];
            int length = delimiter == ' ' ? rest.IndexOfAny(' ', '\t') : rest.IndexOf(delimiter);
            length = length < 0 ? rest.Length : length;
            AddTrimmed(begin, begin + length);
            begin += length + 1;
        }

        return null;
    }

    /// <summary>The fields as text, without quotes: a header.</summary>
    public static string[] NamesOf(ReadOnlySpan<char> line, char delimiter)
    {
        var fields = new CsvFields(delimiter);
        fields.Split(line.TrimStart('\uFEFF'));
        return [.. Enumerable.Range(0, fields.Count).Select(i => fields[i].ToString())];
    }

    /// <summary>Whether a line is a remark of the program that wrote it.</summary>
    public static bool IsComment(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        return text.StartsWith('#') || text.StartsWith('%') || text.StartsWith("//");
    }

    /// <summary>Whether a line has no value: it is empty, or holds nothing but separators and dashes.</summary>
    public static bool IsBlank(ReadOnlySpan<char> line) => line.Trim().IndexOfAnyExcept("-,; \t") < 0;

    private string? SplitQuoted(ReadOnlySpan<char> line)
    {
        string? fault = null;
        int used = 0;
        for (int place = 0; place <= line.Length; place++)
        {
            int begin = used;
            while (place < line.Length && line[place] is ' ' or '\t' && line[place] != delimiter)
            {
                place++;
            }

            if (place < line.Length && line[place] == '"')
            {
                place++;
                while (place < line.Length && (line[place] != '"' || (place + 1 < line.Length && line[place + 1] == '"')))
                {
                    place += line[place] == '"' ? 1 : 0;
                    _text[used++] = line[place++];
                }

                fault ??= place == line.Length ? "a quote opens and does not close in the line" : null;
                place++;
                while (place < line.Length && line[place] != delimiter)
                {
                    fault ??= line[place] is ' ' or '\t' or '\r' ? null : "stray quotes";
                    place++;
                }
            }
            else
            {
                while (place < line.Length && line[place] != delimiter)
                {
                    fault ??= line[place] == '"' ? "stray quotes" : null;
                    _text[used++] = line[place++];
                }
            }

            AddTrimmed(begin, used);
        }

        return fault;
    }

    private void AddTrimmed(int begin, int end)
    {
        while (begin < end && char.IsWhiteSpace(_text[begin]))
        {
            begin++;
        }

        while (end > begin && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        _ranges.Add(begin..end);
    }
}

/// <summary>Numbers and dates in fields.</summary>
internal static class CsvNumbers
{
    private const int LongestNumber = 64;

    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "missing", "inf", "infinity", "-", "?",
    };

    /// <summary>Whether a field says that there is no value.</summary>
    public static bool IsMissing(ReadOnlySpan<char> field) =>
        field.Length <= 9 && Missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(field.Length > 1 ? field.TrimStart("+-") : field);

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, bool decimalComma, out double number)
    {
        if (!decimalComma)
        {
            return (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
                || (!Ascii.IsValid(field) && field.Length <= LongestNumber && TryParseForeign(field, out number));
        }

        Span<char> text = stackalloc char[LongestNumber];
        number = 0;
        if (field.Length > text.Length || field.Contains('.'))
        {
            return false;
        }

        field.Replace(text, ',', '.');
        return TryParse(text[..field.Length], decimalComma: false, out number);
    }

    /// <summary>Reads a number in the digits of another script, or with the minus sign that word processors set.</summary>
    private static bool TryParseForeign(ReadOnlySpan<char> field, out double number)
    {
        Span<char> text = stackalloc char[LongestNumber];
        for (int i = 0; i < field.Length; i++)
        {
            int digit = CharUnicodeInfo.GetDecimalDigitValue(field[i]);
            text[i] = digit >= 0 ? (char)('0' + digit) : field[i] switch { '\u2212' => '-', '\u066B' => '.', var other => other };
        }

        number = 0;
        return Ascii.IsValid(text[..field.Length]) && TryParse(text[..field.Length], decimalComma: false, out number);
    }

    /// <summary>Reads a date and time of ISO 8601, in UTC where it names no other zone.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> field, out DateTimeOffset date)
    {
        date = default;
        return field.Length >= "2026-01-01T00:00".Length && field[4] == '-' && field[7] == '-' && field[10] is 'T' or 't' or ' '
            && DateTimeOffset.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }
}
