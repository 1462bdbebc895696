using System.Text;

namespace NanoFormer.Data.Import;

/// <summary>A small table of text, read whole: its names, where a line has them, and its rows with their lines.</summary>
/// <param name="Names">Names of the columns; empty without.</param>
/// <param name="Rows">The rows.</param>
internal sealed record SpanRows(string[] Names, IReadOnlyList<(int Line, string[] Fields)> Rows)
{
    private const int FewestFields = 3; // start, end, label
    private static readonly char[] Delimiters = ['\t', ';', '|', ',', ' '];

    /// <summary>Reads a table; remarks, empty lines and Audacity's lines of frequencies are passed over.</summary>
    /// <exception cref="DataException"><see cref="DataError.MissingFile"/>: it is not there. <see cref="DataError.BadField"/>: it is no
    /// table of at least three columns.</exception>
    public static SpanRows Read(string path)
    {
        try
        {
            return Read(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            return Read(path, Encoding.Latin1);
        }
        catch (InvalidDataException fault)
        {
            throw new DataException(DataError.BadField, $"{path}: {fault.Message}", fault);
        }
    }

    private static SpanRows Read(string path, Encoding encoding)
    {
        using var text = new StreamReader(SourceFiles.Open(path), encoding, detectEncodingFromByteOrderMarks: true);
        var reader = new LineReader(text);
        var rows = new List<(int Line, string[] Fields)>();
        char? delimiter = null;
        while (reader.TryRead(out var line))
        {
            if (CsvFields.IsBlank(line) || CsvFields.IsComment(line) || line.StartsWith('\\'))
            {
                continue;
            }

            string row = line.ToString();
            delimiter ??= Delimiters.Cast<char?>().FirstOrDefault(one => CsvFields.NamesOf(row, one!.Value).Length >= FewestFields)
                ?? throw new DataException(DataError.BadField, FormattableString.Invariant(
                    $"{path}, line {reader.Number}: is no row of a table of labels, which has start, end and label at least."));
            rows.Add((reader.Number, CsvFields.NamesOf(row, delimiter.Value)));
        }

        bool hasNames = rows.Count > 0 && !rows[0].Fields.Any(field => TryBorder(field, out _, out _));
        return new SpanRows(hasNames ? rows[0].Fields : [], hasNames ? rows[1..] : rows);
    }

    /// <summary>Reads a border of a span: a number, with a decimal comma, too, or a date as seconds since 1970.</summary>
    public static bool TryBorder(string field, out double border, out bool isDate)
    {
        isDate = CsvNumbers.TryParseDate(field, out var date);
        border = isDate ? SecondsOf(date) : 0;
        return isDate || CsvNumbers.TryParse(field, decimalComma: false, out border) || CsvNumbers.TryParse(field, decimalComma: true, out border);
    }

    /// <summary>A date as seconds since 1970.</summary>
    public static double SecondsOf(DateTimeOffset date) => (date - DateTimeOffset.UnixEpoch).TotalSeconds;
}
