namespace NanoFormer.Data.Import;

/// <summary>Where the columns that were asked for stand in a file.</summary>
/// <param name="Delimiter">What parts the fields.</param>
/// <param name="Width">Columns, without empty ones at the end.</param>
/// <param name="Names">Of all columns, for messages.</param>
/// <param name="Values">Of each channel.</param>
/// <param name="Time">Of the time stamp; below 0 without, as those that follow.</param>
/// <param name="Label">Of the class name.</param>
/// <param name="Subject">Of the subject.</param>
/// <param name="Recording">Of the session.</param>
internal sealed record CsvHeader(
    char Delimiter, int Width, string[] Names, int[] Values, int Time, int Label, int Subject, int Recording)
{
    private const int LongestPreamble = 100; // lines before the header
    private static readonly char[] Delimiters = [',', ';', '\t', '|', ' '];

    /// <summary>Of what is added to each channel; below 0 without.</summary>
    public int[] Added { get; private init; } = [];

    /// <summary>The text of the header line; empty when the columns were named by the user.</summary>
    public string Line { get; private init; } = "";

    /// <summary>A first row that was read in search of a header where there is none.</summary>
    public string? FirstRow { get; private init; }

    /// <summary>
    /// Finds the columns, and leaves the reader behind the header; null, and a finding for each that is missing or not the only one of its
    /// name, when the file lacks some.
    /// </summary>
    public static CsvHeader? Read(LineReader reader, string file, CsvSourceOptions options, FindingLog log)
    {
        char? stated = options.Delimiter is [var given] ? given : (char?)null;
        var header = options.ColumnNames.Count > 0
            ? OfNames(reader, stated, options)
            : Search(reader, file, stated, options, log);
        if (header is null)
        {
            return null;
        }

        for (int i = 0; i < options.LinesAfterHeader && header.FirstRow is null; i++)
        {
            reader.TryRead(out _);
        }

        return header.HasTwins(file, options, log) ? null : header;
    }

    private static CsvHeader? Search(LineReader reader, string file, char? stated, CsvSourceOptions options, FindingLog log)
    {
        (int Line, string[] Names)? first = null;
        int passed = 0;
        while (passed < LongestPreamble && reader.TryRead(out var line))
        {
            if (SeparatorOf(line) is { } told)
            {
                stated ??= told;
                continue;
            }

            foreach (char delimiter in stated is { } only ? [only] : Delimiters)
            {
                if (Of(CsvFields.NamesOf(line, delimiter), delimiter, options) is { } header)
                {
                    if (passed > 0)
                    {
                        log.Add(FindingKind.PassedOver, FindingOutcome.Noted, $"{file}: lines before the header", passed);
                    }

                    return header with { Line = line.ToString() };
                }
            }

            if (!line.IsWhiteSpace() && !CsvFields.IsComment(line))
            {
                first ??= (reader.Number, CsvFields.NamesOf(line, stated ?? ','));
            }

            passed++;
        }

        if (first is { } nearest)
        {
            AddMissing(nearest.Names, FormattableString.Invariant($"{file}, line {nearest.Line}"), options, log);
        }
        else
        {
            log.Add(FindingKind.MissingColumn, FindingOutcome.Refused, $"{file}: has no header line");
        }

        return null;
    }

    private static CsvHeader? OfNames(LineReader reader, char? stated, CsvSourceOptions options)
    {
        string[] names = [.. options.ColumnNames];
        while (reader.TryRead(out var line))
        {
            if (SeparatorOf(line) is { } told)
            {
                stated ??= told;
            }
            else if (!CsvFields.IsBlank(line) && !CsvFields.IsComment(line))
            {
                // Without a stated delimiter it is the one that parts the first line into as many fields as there are names.
                string text = line.ToString();
                char delimiter = stated ?? Delimiters.FirstOrDefault(d => CsvFields.NamesOf(text, d).Length == names.Length, ',');
                var header = Of(names, delimiter, options);
                return header is null || header.IsHeaderLine(text, options) ? header : header with { FirstRow = text };
            }
        }

        return Of(names, stated ?? ',', options);
    }

    /// <summary>Whether no column that should hold numbers does.</summary>
    private bool IsHeaderLine(string line, CsvSourceOptions options)
    {
        string[] fields = CsvFields.NamesOf(line, Delimiter);
        return Values.All(column => column >= fields.Length
            || !(CsvNumbers.TryParse(fields[column], options.DecimalComma, out _) || CsvNumbers.IsMissing(fields[column])));
    }

    private static CsvHeader? Of(string[] names, char delimiter, CsvSourceOptions options)
    {
        int[] values = [.. options.Channels.Select(channel => IndexOf(names, channel.ColumnName))];
        int[] optional =
        [
            IndexOf(names, options.TimeColumn), IndexOf(names, options.LabelColumn),
            IndexOf(names, options.SubjectColumn), IndexOf(names, options.RecordingColumn),
        ];
        return Asked(options).Any(name => IndexOf(names, name) < 0)
            ? null
            : new CsvHeader(delimiter, Array.FindLastIndex(names, name => name.Length > 0) + 1, names, values,
                optional[0], optional[1], optional[2], optional[3])
            {
                Added = [.. options.Channels.Select(channel => IndexOf(names, channel.Added))],
            };
    }

    /// <summary>Refuses columns of which the file has several: reading the first of them would be a guess.</summary>
    private bool HasTwins(string file, CsvSourceOptions options, FindingLog log)
    {
        var twins = Asked(options).Distinct().Select(name => (Name: name, Places: PlacesOf(Names, name)))
            .Where(pair => pair.Places.Length > 1).ToArray();
        foreach (var (name, places) in twins)
        {
            log.Add(FindingKind.DuplicateColumn, FindingOutcome.Refused,
                $"{file}: the columns {string.Join(" and ", places.Select(place => place + 1))} are both '{name}'");
        }

        return twins.Length > 0;
    }

    private static void AddMissing(string[] names, string place, CsvSourceOptions options, FindingLog log)
    {
        foreach (string? column in Asked(options).Where(name => IndexOf(names, name) < 0).Distinct())
        {
            log.Add(FindingKind.MissingColumn, FindingOutcome.Refused, $"{place}: no column '{column}' among {string.Join(", ", names)}");
        }
    }

    private static IEnumerable<string> Asked(CsvSourceOptions options) => options.Channels.Select(channel => channel.ColumnName)
        .Concat(options.Channels.Select(channel => channel.Added).OfType<string>()).Concat(new[] { options.TimeColumn, options.LabelColumn, options.SubjectColumn, options.RecordingColumn }.OfType<string>());

    private static int IndexOf(string[] names, string? name) => name is null ? -1 : Array.FindIndex(names, other => IsMeant(other, name));

    private static int[] PlacesOf(string[] names, string name) =>
        [.. names.Index().Where(pair => IsMeant(pair.Item, name)).Select(pair => pair.Index)];

    private static bool IsMeant(string name, string asked) =>
        asked.StartsWith('*') ? name.EndsWith(asked[1..], StringComparison.Ordinal) : name == asked;

    /// <summary>The separator that a spreadsheet writes as <c>sep=;</c> before the header.</summary>
    private static char? SeparatorOf(ReadOnlySpan<char> line)
    {
        var text = line.Trim('\uFEFF').Trim('"');
        return text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length == 5 ? text[4] : null;
    }
}
