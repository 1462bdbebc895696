using System.Text;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>What a table of text looks like from a part of its rows: how fields are parted, whether there is a header, what columns hold.</summary>
internal sealed class TableLook
{
    private const int FirstLines = 4_000;      // all of them
    private const int BlockRows = 200;
    private const int BlockEvery = 2_000;      // lines from one block of rows to the next
    private const int BlockEveryLater = 40_000;
    private const int LaterLine = 200_000;
    private const int HeadLines = 60;
    private static readonly char[] Delimiters = ['\t', ';', '|', ',', ' '];

    private TableLook(char delimiter, bool hasHeader, int linesAfterHeader, IReadOnlyList<TableColumn> columns)
    {
        Delimiter = delimiter;
        HasHeader = hasHeader;
        LinesAfterHeader = linesAfterHeader;
        Columns = columns;
    }

    /// <summary>What parts the fields.</summary>
    public char Delimiter { get; }

    /// <summary>Whether a line names the columns.</summary>
    public bool HasHeader { get; }

    /// <summary>Lines between the header and the first row, such as one of units.</summary>
    public int LinesAfterHeader { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Whether numbers have a decimal comma.</summary>
    public bool DecimalComma { get; private init; }

    /// <summary>Name of the encoding; null for UTF-8, or what a byte order mark tells.</summary>
    public string? Encoding { get; private init; }

    /// <summary>What tells tables of one form from others; each may part its fields in its own way.</summary>
    public string Signature => $"{HasHeader}{string.Join('\n', HasHeader ? Columns.Select(c => c.Name) : [$"{Columns.Count}"])}";

    /// <summary>Looks at a file; null when it is not a table of at least two columns of which one holds numbers.</summary>
    /// <param name="path">The file, which may be gzipped.</param>
    /// <param name="whole">Whether to look at rows from all of it, not at its beginning alone.</param>
    public static TableLook? At(string path, bool whole)
    {
        try
        {
            return At(path, EncodingOf(path), whole);
        }
        catch (DecoderFallbackException)
        {
            return At(path, "windows-1252", whole);
        }
        catch (InvalidDataException)
        {
            return null; // a line without end, or a damaged archive
        }
    }

    /// <summary>UTF-16 without a mark at its beginning is known by its zeros; null for everything else.</summary>
    private static string? EncodingOf(string path)
    {
        using var file = SourceFiles.Open(path);
        Span<byte> head = stackalloc byte[256];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var (even, odd) = (0, 0);
        for (int i = 0; i < head.Length; i++)
        {
            even += i % 2 == 0 && head[i] == 0 ? 1 : 0;
            odd += i % 2 == 1 && head[i] == 0 ? 1 : 0;
        }

        return head.Length < 8 || Math.Max(even, odd) < 0.4 * head.Length ? null : odd > even ? "utf-16" : "utf-16BE";
    }

    private static TableLook? At(string path, string? encoding, bool whole)
    {
        var lines = Lines(path, encoding, whole);
        string[] head = lines.Take(HeadLines).Where(line => !IsEmpty(line.Text)).Select(line => line.Text).ToArray();
        if (head.Length < 2 || Part(head) is not (var delimiter, var width))
        {
            return null;
        }

        string[] Fields(string line) => CsvFields.NamesOf(line, delimiter);
        var (comma, names, first, after) = Header(head, Fields, width, delimiter);
        var rows = lines.Where(line => !IsEmpty(line.Text)).Skip(names is null ? 0 : first).Select(line => (Fields: Fields(line.Text), line.Block))
            .Where(row => Used(row.Fields) <= Math.Max(width, names?.Length ?? 0) && row.Fields.Length >= width).ToArray();
        var columns = Enumerable.Range(0, names?.Length ?? width).Select(i => TableColumn.Of(
            names is null ? FormattableString.Invariant($"column_{i + 1}") : names[i], i,
            [.. rows.Select(row => (i < row.Fields.Length ? row.Fields[i] : "", row.Block))], comma)).ToArray();
        return columns.Any(column => column.IsNumeric)
            ? new TableLook(delimiter, names is not null, after, columns) { DecimalComma = comma, Encoding = encoding }
            : null;
    }

    /// <summary>The first lines, and blocks of lines further on, each with the number of its block.</summary>
    private static List<(string Text, int Block)> Lines(string path, string? encoding, bool whole)
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var text = new StreamReader(SourceFiles.Open(path), System.Text.Encoding.GetEncoding(
            encoding ?? "utf-8", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), true);
        var reader = new LineReader(text);
        var lines = new List<(string, int)>();
        while (reader.TryRead(out var line) && (whole || lines.Count < BlockRows))
        {
            int every = reader.Number < LaterLine ? BlockEvery : BlockEveryLater;
            bool isFirst = reader.Number <= FirstLines;
            if ((isFirst || reader.Number % every <= BlockRows) && reader.IsFinished)
            {
                lines.Add((line.ToString(), isFirst ? 0 : reader.Number / every));
            }
        }

        return lines;
    }

    /// <summary>What parts the last of some lines into the same number of fields, two or more; the first of equals.</summary>
    private static (char Delimiter, int Width)? Part(string[] head)
    {
        char? told = head[0].Trim('\uFEFF', '"') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var given] ? given : (char?)null;
        string[] last = head[(head.Length / 2)..];
        foreach (char delimiter in told is { } only ? [only] : Delimiters)
        {
            var usual = last.Select(line => Used(CsvFields.NamesOf(line, delimiter))).CountBy(count => count).MaxBy(pair => pair.Value);
            if (usual.Key >= 2 && usual.Value >= 0.8 * last.Length)
            {
                return (delimiter, usual.Key);
            }
        }

        return null;
    }

    /// <summary>The names of the columns, where a line has them; the place of the first row, and how many lines stand between the two.</summary>
    private static (bool Comma, string[]? Names, int First, int After) Header(
        string[] head, Func<string, string[]> fields, int width, char delimiter)
    {
        string[] last = fields(head[^1]);
        bool comma = delimiter != ',' && last.Any(field => field.Contains(',') && CsvNumbers.TryParse(field, true, out _));
        bool IsNumber(string field) => CsvNumbers.TryParse(field, comma, out _);
        int[] numeric = Enumerable.Range(0, width).Where(i => IsNumber(last[i])).ToArray();
        bool IsRow(string line) => fields(line) is var parts && parts.Length >= width
            && numeric.Count(i => IsNumber(parts[i]) || CsvNumbers.IsMissing(parts[i])) > numeric.Length / 2;
        int first = Array.FindIndex(head, IsRow);
        if (first <= 0)
        {
            return (comma, null, 0, 0);
        }

        for (int i = Math.Max(0, first - 2); i < first; i++)
        {
            string[] names = fields(head[i]);
            if (Used(names) >= width && !names.Any(IsNumber))
            {
                return (comma, names[..Math.Max(width, Used(names))], first, first - 1 - i);
            }
        }

        return (comma, null, 0, 0);
    }

    private static bool IsEmpty(string line) => CsvFields.IsComment(line) || CsvFields.IsBlank(line);

    private static int Used(string[] fields) => Array.FindLastIndex(fields, field => field.Length > 0) + 1;
}

/// <summary>What a column holds, from a part of its rows.</summary>
internal sealed record TableColumn(string Name, int Index)
{
    private const double Mostly = 0.95;

    /// <summary>Its numbers, NaN where there is none.</summary>
    public required double[] Numbers { get; init; }

    /// <summary>Its fields.</summary>
    public required string[] Texts { get; init; }

    /// <summary>The block of consecutive rows that each row is from.</summary>
    public required int[] Blocks { get; init; }

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumeric { get; private init; }

    /// <summary>Whether it holds dates.</summary>
    public bool IsDate { get; private init; }

    /// <summary>Whether its numbers are whole.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Part of the rows whose value differs from that of the row before, 0..1.</summary>
    public double Changes { get; private init; }

    /// <summary>Part of the changes that go up, 0..1.</summary>
    public double Rises { get; private init; }

    /// <summary>The step that its values usually change by.</summary>
    public double Step { get; private init; }

    /// <summary>Different fields.</summary>
    public IReadOnlySet<string> Distinct { get; private init; } = new HashSet<string>();

    /// <summary>The column of these fields.</summary>
    public static TableColumn Of(string name, int index, (string Text, int Block)[] fields, bool comma)
    {
        bool isDate = fields.Length > 0 && fields.Count(field => CsvNumbers.TryParseDate(field.Text, out _)) >= Mostly * fields.Length;
        double[] numbers = [.. fields.Select(field => Number(field.Text, isDate, comma))];
        int present = numbers.Count(double.IsFinite);
        int missing = fields.Count(field => CsvNumbers.IsMissing(field.Text));
        var steps = Enumerable.Range(1, Math.Max(0, fields.Length - 1)).Where(i => fields[i].Block == fields[i - 1].Block)
            .Select(i => (HasChanged: fields[i].Text != fields[i - 1].Text, Step: numbers[i] - numbers[i - 1])).ToArray();
        var changes = steps.Where(step => step.HasChanged).ToArray();
        return new TableColumn(name, index)
        {
            Numbers = numbers,
            Texts = [.. fields.Select(field => field.Text)],
            Blocks = [.. fields.Select(field => field.Block)],
            IsDate = isDate,
            IsNumeric = !isDate && present > 0 && present + missing >= Mostly * fields.Length,
            IsWhole = numbers.Where(double.IsFinite).All(number => number == Math.Floor(number)),
            Changes = steps.Length == 0 ? 0 : (double)changes.Length / steps.Length,
            Rises = changes.Length == 0 ? 0 : (double)changes.Count(step => step.Step > 0) / changes.Length,
            Step = changes.Length == 0 ? 0 : Statistics.Median([.. changes.Select(step => step.Step).Where(double.IsFinite)]),
            Distinct = fields.Select(field => field.Text).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static double Number(string text, bool isDate, bool comma)
    {
        if (isDate)
        {
            return CsvNumbers.TryParseDate(text, out var date) ? date.ToUnixTimeMilliseconds() / 1000.0 : double.NaN;
        }

        return CsvNumbers.TryParse(text, comma, out double number) ? number : double.NaN;
    }
}

/// <summary>Small statistics of samples.</summary>
internal static class Statistics
{
    /// <summary>The middle value; NaN without any.</summary>
    public static double Median(double[] values) => Quantile(values, 0.5);

    /// <summary>The value that a part of all lies below; NaN without any.</summary>
    public static double Quantile(double[] values, double part) =>
        values.Length == 0 ? double.NaN : values.Order().ElementAt((int)Math.Min(values.Length - 1, part * values.Length));
}
