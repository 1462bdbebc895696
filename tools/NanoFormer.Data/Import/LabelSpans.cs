namespace NanoFormer.Data.Import;

/// <summary>What tables of labels say about the recordings of an import.</summary>
public sealed class LabelSpans
{
    private readonly Dictionary<string, FileSpans> _spans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _subjects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tables;

    private LabelSpans(IEnumerable<string> tables) => _tables = [.. tables.Select(Path.GetFullPath)];

    /// <summary>Rows of the tables.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the tables.</summary>
    /// <param name="options">Where they are, and how they are written.</param>
    /// <param name="files">The recordings' paths, and names below their folder. Tables that are among them are no recordings.</param>
    /// <param name="repairs">Tells whether rows that make no sense are left out.</param>
    /// <param name="log">Gets what is wrong with the tables.</param>
    /// <exception cref="DataException">A table is missing or has no such columns, a row may mean several recordings, a recording has several
    /// subjects, or dates and numbers are mixed.</exception>
    public static LabelSpans Read(LabelSpanOptions options, IReadOnlyList<(string Path, string Name)> files, RepairOptions repairs, FindingLog log)
    {
        var spans = new LabelSpans(options.Tables.Select(table => table.Path));
        string[] names = [.. files.Where(file => !spans.IsTable(file.Path)).Select(file => file.Name)];
        if (names.Length == 0)
        {
            throw new DataException(DataError.MissingFile, $"{options.Tables[0].Path}: there is no recording beside the table of labels.");
        }

        var known = new SpanFileNames(names);
        var all = new Dictionary<string, (string Table, SpanUnit Unit, List<LabelSpan> Spans)>(StringComparer.Ordinal);
        foreach (var (path, recording) in options.Tables)
        {
            string table = Path.GetFileName(path);
            var (rows, unit) = RowsOf(path, table, options, repairs, log);
            spans.Count += rows.Count;
            foreach (var group in rows.GroupBy(span => recording ?? span.File))
            {
                int[] meant = group.Key.Length == 0 && names.Length == 1 ? [0] : group.Key.Length == 0 ? [] : known.Find(group.Key);
                Require(group.Key.Length > 0 || names.Length == 1, table, group.First().Line,
                    $"does not say which of {names.Length} recordings it means: the table needs a column 'file', or each recording a table of its own (--label-spans 'DIR/*_labels.csv')");
                Require(meant.Length <= 1, table, group.First().Line,
                    $"'{group.Key}' may mean {string.Join(" or ", meant.Take(3).Select(i => names[i]))}: write the path below the folder");
                if (meant.Length == 0)
                {
                    log.Add(FindingKind.SpanWithoutFile, repairs.DropBadSpans, FormattableString.Invariant(
                        $"{table}, line {group.First().Line}: there is no recording '{group.Key}'"), group.Count());
                    continue;
                }

                string name = names[meant[0]];
                if (all.TryGetValue(name, out var before))
                {
                    Require(before.Unit == unit, table, group.First().Line, $"has another unit for {name} than {before.Table}");
                    before.Spans.AddRange(group);
                }
                else
                {
                    all.Add(name, (table, unit, [.. group]));
                }
            }
        }

        foreach (var (name, (table, unit, own)) in all)
        {
            string[] subjects = [.. own.Select(span => span.Subject).Where(subject => subject.Length > 0).Distinct()];
            Require(subjects.Length <= 1, table, own[0].Line, $"several subjects for {name}: {string.Join(", ", subjects.Take(3))}; a recording is one subject's");
            spans._subjects[name] = subjects.FirstOrDefault("");
            spans._spans[name] = new FileSpans(name, table, unit, own, repairs, log);
        }

        return spans;
    }

    /// <summary>Whether a file is one of the tables.</summary>
    public bool IsTable(string path) => _tables.Contains(Path.GetFullPath(path));

    /// <summary>The spans of a recording; none where no table speaks of it.</summary>
    public FileSpans Of(string name) => _spans.TryGetValue(name, out var spans) ? spans : new FileSpans(name, "", SpanUnit.Samples, [], new RepairOptions(), new FindingLog());

    /// <summary>Who was recorded; null where no table says it.</summary>
    public string? SubjectOf(string name) => _subjects.GetValueOrDefault(name) is { Length: > 0 } subject ? subject : null;

    private static (List<LabelSpan> Spans, SpanUnit Unit) RowsOf(string path, string table, LabelSpanOptions options, RepairOptions repairs, FindingLog log)
    {
        var rows = SpanRows.Read(path);
        var columns = SpanColumns.Of(table, rows, options.Columns);
        var spans = new List<LabelSpan>();
        bool? areDates = null;
        foreach (var (line, fields) in rows.Rows)
        {
            string Text(int column) => column >= 0 && column < fields.Length ? fields[column] : "";
            string place = FormattableString.Invariant($"{table}, line {line}");
            var isRead = (Start: SpanRows.TryBorder(Text(columns.Start), out double start, out bool startsAtDate),
                End: SpanRows.TryBorder(Text(columns.End), out double end, out bool endsAtDate));
            if (!isRead.Start || !isRead.End || startsAtDate != endsAtDate)
            {
                log.Add(FindingKind.BadRow, repairs.DropBadRows, $"{place}: '{Text(columns.Start)}' to '{Text(columns.End)}' is no span of numbers or dates");
                continue;
            }

            Require((areDates ??= startsAtDate) == startsAtDate, table, line, "has dates where other rows have numbers, or the other way round");
            var unit = UnitOf(options, startsAtDate, table, line);
            if (end < start || (unit.Borders == SpanBorders.Samples && start < unit.First))
            {
                log.Add(FindingKind.BadSpan, repairs.DropBadSpans, end < start ? $"{place}: ends at {Text(columns.End)}, before it begins at {Text(columns.Start)}"
                    : $"{place}: begins at {Text(columns.Start)}, but samples are counted from {unit.First}{(unit.First == 1 ? " (or --span-unit samples-from-0)" : "")}");
                continue;
            }

            spans.Add(new LabelSpan(line, Text(columns.File), Text(columns.Subject), Text(columns.Label), start, end));
        }

        return (spans, areDates is { } dates ? UnitOf(options, dates, table, rows.Rows[0].Line) : SpanUnit.Samples);
    }

    private static SpanUnit UnitOf(LabelSpanOptions options, bool isDate, string table, int line)
    {
        Require(!isDate || options.Unit is null or { Borders: SpanBorders.Stamps }, table, line, $"has dates, which are not counted in {options.Unit?.Name}");
        return isDate ? SpanUnit.Dates : options.Unit ?? throw new DataException(DataError.BadOption,
            $"{table}: say what start and end count with --span-unit {string.Join(", ", SpanUnit.All.Select(unit => unit.Name))}.");
    }

    private static void Require(bool holds, string table, int line, string message)
    {
        if (!holds)
        {
            throw new DataException(DataError.BadField, FormattableString.Invariant($"{table}, line {line}: {message}."));
        }
    }
}
