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
    private const int LongestDate = 40;

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

    /// <summary>
    /// Reads a date and time of ISO 8601 or as <c>31.12.2026 23:59:59.9</c>, <c>12/31/2026 11:59:59.9 PM</c>, or the time of a day alone; in
    /// UTC where it names no other zone.
    /// </summary>
    public static bool TryParseDate(ReadOnlySpan<char> field, out DateTimeOffset date) =>
        TryParseIso(field, out date) || TryParseLocal(field, out date);

    private static bool TryParseIso(ReadOnlySpan<char> field, out DateTimeOffset date)
    {
        date = default;
        return field.Length >= "2026-01-01T00:00".Length && field[4] == '-' && field[7] == '-' && field[10] is 'T' or 't' or ' '
            && DateTimeOffset.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    /// <summary>A time with seconds, and the day before it where there is one.</summary>
    private static bool TryParseLocal(ReadOnlySpan<char> field, out DateTimeOffset date)
    {
        date = default;
        int clock = field.IndexOf(':') is var colon and > 0 ? field[..colon].LastIndexOf(' ') + 1 : -1;
        if (clock < 0 || field.Length > LongestDate || !TryParseClock(field[clock..], out var time))
        {
            return false;
        }

        var day = DateOnly.FromDateTime(DateTime.UnixEpoch);
        if (clock > 0 && !TryParseDay(field[..(clock - 1)], out day))
        {
            return false;
        }

        date = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + time;
        return true;
    }

    /// <summary>Hours, minutes and seconds; parts of a second behind a point, a comma or another colon; AM or PM.</summary>
    private static bool TryParseClock(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        bool isAfternoon = text.EndsWith("PM", StringComparison.OrdinalIgnoreCase);
        bool isHalf = isAfternoon || text.EndsWith("AM", StringComparison.OrdinalIgnoreCase);
        string[] parts = (isHalf ? text[..^2].TrimEnd() : text).ToString().Replace(',', '.').Split(':');
        if (parts.Length is not (3 or 4) || !IsBelow(parts[0], isHalf ? 13 : 24, out int hours) || !IsBelow(parts[1], 60, out int minutes)
            || !double.TryParse(parts.Length == 4 ? $"{parts[2]}.{parts[3]}" : parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            || seconds >= 61)
        {
            return false;
        }

        hours = isHalf ? (hours % 12) + (isAfternoon ? 12 : 0) : hours;
        time = new TimeSpan(hours, minutes, 0) + TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>Day, month, year with points; month, day, year with slashes, or day first where no month is meant; year first with slashes.</summary>
    private static bool TryParseDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        char between = text.Contains('.') ? '.' : text.Contains('/') ? '/' : '-';
        string[] parts = text.Trim().ToString().Split(between);
        if (parts.Length != 3 || !parts.All(part => IsBelow(part, 10_000, out _)))
        {
            return false;
        }

        int[] numbers = [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        var (year, month, date) = parts[0].Length == 4 ? (numbers[0], numbers[1], numbers[2])
            : between == '/' && numbers[0] <= 12 ? (numbers[2], numbers[0], numbers[1])
            : (numbers[2], numbers[1], numbers[0]);
        year += year < 100 ? 2000 : 0;
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date);
        return true;
    }

    private static bool IsBelow(string text, int limit, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < limit;
}
