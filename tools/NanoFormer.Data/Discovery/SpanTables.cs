using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>
/// Tables beside recordings that say from when to when which activity was done: found by their content. Where two readings make sense,
/// neither is taken.
/// </summary>
/// <param name="Tables">The tables.</param>
/// <param name="Others">The other files.</param>
internal sealed record SpanTables(IReadOnlyList<(string Path, string Name, SpanRows Rows)> Tables, (string Path, string Name)[] Others)
{
    private const int LargestFile = 1 << 22;
    private const int FewestColumns = 3;
    private const int MostColumns = 7; // of a table without names
    private const int MostClasses = 60;
    private const double Mostly = 0.95;

    private static readonly string[] TableWords =
    [
        "label", "labels", "labeled", "labelled", "annotation", "annotations", "annot", "anno", "event", "events", "segment", "segments", "span", "spans", "interval",
        "intervals", "gt", "truth", "activity", "activities", "track", "marker", "markers",
    ];

    /// <summary>Parts files into tables of spans and others; all are others where no recording would be left.</summary>
    public static SpanTables Among((string Path, string Name)[] files, DiscoveryRequest request)
    {
        if (request.LabelSpans is { } stated)
        {
            var tables = LabelSpanOptions.TablesOf(stated).Select(table => (table.Path, Path.GetFileName(table.Path), SpanRows.Read(table.Path))).ToArray();
            if (tables.FirstOrDefault(table => table.Item3.Rows.Count == 0).Path is { } empty)
            {
                throw new DataException(DataError.UnknownFormat, $"{empty}: holds no labelled span.");
            }

            var paths = tables.Select(table => Path.GetFullPath(table.Path)).ToHashSet(StringComparer.Ordinal);
            return new SpanTables(tables, [.. files.Where(file => !paths.Contains(Path.GetFullPath(file.Path)))]);
        }

        var found = files.Select(file => (file.Path, file.Name, Rows: RowsOf(file.Path))).Where(file => file.Rows is not null)
            .Select(file => (file.Path, file.Name, Rows: file.Rows!)).ToArray();
        var names = found.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        (string Path, string Name)[] others = [.. files.Where(file => !names.Contains(file.Name))];
        return others.Length > 0 ? new SpanTables(found, others) : new SpanTables([], files);
    }

    /// <summary>How to read the tables, but for the unit.</summary>
    /// <param name="recordings">The recordings' names.</param>
    /// <param name="columns">Names of the columns as the user states them; empty to find them.</param>
    /// <exception cref="DataException">Several readings make sense, or none does.</exception>
    public LabelSpanOptions Read(IReadOnlyList<string> recordings, IReadOnlyList<string> columns)
    {
        var names = new SpanFileNames(recordings);
        var (path, name, rows) = Tables[0];
        var roles = columns.Count > 0 ? SpanColumns.Of(name, rows, columns) : RolesOf(name, rows, names, recordings.Count);
        var tables = Tables.Select(table => (table.Path, Recording: roles.File >= 0 ? null : RecordingOf(table.Name, names, recordings))).ToArray();
        if (recordings.Count > 1 && roles.File < 0 && tables.FirstOrDefault(table => table.Recording is null).Path is { } lost)
        {
            throw new DataException(DataError.UnknownFormat, $"{Path.GetFileName(lost)} says from when to when something was done, but not in which of {recordings.Count} "
                + "recordings: give it a column 'file', or the name of the recording (walk1.csv, walk1_labels.csv); its columns: --span-columns file,subject,label,start,end.");
        }

        var twins = roles.File >= 0 || recordings.Count == 1 ? Tables.Skip(1).Take(roles.File >= 0 && Tables.All(table => HasOwnFiles(table, roles)) ? 0 : 1)
            : tables.GroupBy(table => table.Recording).Where(group => group.Count() > 1).Select(group => Tables.First(table => table.Path == group.Last().Path));
        if (twins.FirstOrDefault().Name is { } twin)
        {
            throw new DataException(DataError.UnknownFormat, $"{name} and {twin} both say when the same recordings were labelled: name one with --label-spans.");
        }

        return new LabelSpanOptions(tables, null)
        {
            Columns = columns.Count > 0 ? columns : roles.Names(Tables.Max(table => table.Rows.Rows.Max(row => row.Fields.Length))),
        };
    }

    /// <summary>Whether no other table speaks of the recordings that this one names.</summary>
    private bool HasOwnFiles((string Path, string Name, SpanRows Rows) table, SpanColumns roles) => Tables.Where(other => other.Path != table.Path)
        .All(other => !Fields(other.Rows, roles.File).Intersect(Fields(table.Rows, roles.File)).Any());

    /// <summary>The rows of a file that may be a table of spans; null for others.</summary>
    private static SpanRows? RowsOf(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile || SpanRows.Read(path) is not { Rows.Count: > 0 } rows)
            {
                return null;
            }

            var named = rows.Names.Length > 0 ? SpanColumns.Of(rows.Names) : null;
            return (named is not null && rows.Rows.Count(row => IsSpan(row.Fields, named.Start, named.End)) * 2 > rows.Rows.Count)
                || (rows.Names.Length == 0 && Pairs(rows).Any()) ? rows : null;
        }
        catch (DataException)
        {
            return null;
        }
    }

    /// <summary>The columns that may be start and end, of a table without names whose other columns are words or codes.</summary>
    private static IEnumerable<(int Start, int End)> Pairs(SpanRows rows)
    {
        int width = rows.Rows.GroupBy(row => row.Fields.Length).MaxBy(group => group.Count())!.Key;
        if (width is < FewestColumns or > MostColumns || rows.Rows.Count(row => row.Fields.Length == width) < Mostly * rows.Rows.Count)
        {
            yield break;
        }

        for (int start = 0; start + 1 < width; start++)
        {
            int end = start + 1;
            int[] others = [.. Enumerable.Range(0, width).Except([start, end])];
            bool areSpans = rows.Rows.Count(row => IsSpan(row.Fields, start, end)) >= Mostly * rows.Rows.Count;
            if (areSpans && others.All(column => IsCode(Fields(rows, column))) && others.Any(column => IsLabel(Fields(rows, column)))
                && others.Append(-1).Any(group => FollowEachOther(rows, start, end, group)))
            {
                yield return (start, end);
            }
        }
    }

    private static SpanColumns RolesOf(string name, SpanRows rows, SpanFileNames names, int recordings)
    {
        var named = SpanColumns.Of(rows.Names);
        if (named is not null)
        {
            int own = new[] { named.File, named.Subject }.FirstOrDefault(column => column >= 0 && Found(rows, column, names) > 0, named.File);
            return named with { File = own };
        }

        var ways = Pairs(rows).SelectMany(pair => Ways(rows, pair, names, recordings)).ToArray();
        return ways.Length == 1 ? ways[0] : throw new DataException(DataError.UnknownFormat,
            $"{name} looks like a table of labels, and {(ways.Length == 0 ? "no reading of its columns fits the recordings" : "its columns make sense in several ways: " + string.Join(" or ", ways.Take(3).Select(way => string.Join(',', way.Names(rows.Rows[0].Fields.Length)))))}: "
            + "name them in their order with --span-columns, such as file,subject,label,start,end.");
    }

    /// <summary>The readings that make sense of columns without names, once start and end are known.</summary>
    private static IEnumerable<SpanColumns> Ways(SpanRows rows, (int Start, int End) pair, SpanFileNames names, int recordings)
    {
        int[] others = [.. Enumerable.Range(0, rows.Rows[0].Fields.Length).Except([pair.Start, pair.End])];
        var files = others.Where(column => others.Length > 1 && FollowEachOther(rows, pair.Start, pair.End, column)).Select(column => (Column: column, Found: Found(rows, column, names)))
            .Where(file => file.Found > 0).ToArray();
        int most = files.Select(file => file.Found).DefaultIfEmpty().Max();
        int[] candidates = [.. files.Where(file => file.Found == most).Select(file => file.Column)];
        foreach (int file in candidates.Length > 0 && (recordings > 1 || most == 1) ? candidates : [-1])
        {
            int[] rest = [.. others.Where(column => column != file)];
            // A subject stays the same within a recording, a class does not.
            int[] fixedOnes = [.. rest.Where(column => rows.Rows.GroupBy(row => Field(row.Fields, file)).All(group => group.Select(row => Field(row.Fields, column)).Distinct().Count() == 1))];
            int[] labels = [.. rest.Where(column => !fixedOnes.Contains(column) && IsLabel(Fields(rows, column)))];
            if (labels.Length == 0 && rest.Length == 1)
            {
                labels = rest;
                fixedOnes = [];
            }

            string[][] texts = [.. labels.Select(column => Fields(rows, column)).Where(fields => fields.Any(field => field.Any(char.IsLetter)))];
            foreach (int label in texts.Length == 1 ? labels.Where(column => Fields(rows, column).Any(field => field.Any(char.IsLetter))) : labels)
            {
                yield return new SpanColumns(file, fixedOnes.Append(-1).First(), label, pair.Start, pair.End);
            }
        }
    }

    /// <summary>The recordings that a column names; 0 unless nearly all of its fields name one.</summary>
    private static int Found(SpanRows rows, int column, SpanFileNames names)
    {
        string[] keys = [.. Fields(rows, column).Distinct()];
        int[][] found = [.. keys.Select(names.Find).Where(files => files.Length == 1)];
        return found.Length >= 0.5 * keys.Length ? found.Select(files => files[0]).Distinct().Count() is var count && count == found.Length ? count : 0 : 0;
    }

    /// <summary>What a table for one recording calls it: its own name without the words for labels; null where no recording has it.</summary>
    private static string? RecordingOf(string table, SpanFileNames names, IReadOnlyList<string> recordings)
    {
        string stem = SpanFileNames.StemOf(table);
        string folder = stem[..(stem.LastIndexOf('/') + 1)];
        string own = string.Join('_', stem[folder.Length..].Split('_', '-', ' ', '.').Where(word => !TableWords.Contains(word.ToLowerInvariant())));
        int begin = Enumerable.Range(0, recordings.Count).Where(i => stem[folder.Length..].StartsWith(NameOf(recordings[i]), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(i => NameOf(recordings[i]).Length).Append(-1).First();
        string?[] ways = [folder + own, stem, begin >= 0 ? folder + NameOf(recordings[begin]) : null];
        return ways.OfType<string>().FirstOrDefault(way => names.Find(way).Length == 1);

        static string NameOf(string recording) => Path.GetFileName(SpanFileNames.StemOf(recording));
    }

    /// <summary>Whether nearly no span begins before the one before it in the same group ends; a group has several spans in the mean.</summary>
    private static bool FollowEachOther(SpanRows rows, int start, int end, int group)
    {
        var groups = rows.Rows.GroupBy(row => Field(row.Fields, group)).ToArray();
        if (group >= 0 && groups.Length > 1 && groups.Length * 2 > rows.Rows.Count)
        {
            return false;
        }

        var (steps, follow) = (0, 0);
        foreach (var own in groups)
        {
            var spans = own.Where(row => IsSpan(row.Fields, start, end)).Select(row => (Start: Border(row.Fields[start]), End: Border(row.Fields[end]))).OrderBy(span => span.Start).ToArray();
            steps += Math.Max(0, spans.Length - 1);
            follow += spans.Zip(spans.Skip(1)).Count(pair => pair.Second.Start >= pair.First.End);
        }

        return follow >= Mostly * steps;
    }

    private static bool IsSpan(string[] fields, int start, int end) => start < fields.Length && end < fields.Length
        && SpanRows.TryBorder(fields[start], out double begin, out bool isDate) && SpanRows.TryBorder(fields[end], out double stop, out bool isOther)
        && isDate == isOther && stop >= begin;

    private static double Border(string field) => SpanRows.TryBorder(field, out double border, out _) ? border : double.NaN;

    private static bool IsCode(string[] fields) => fields.All(field => field.Any(char.IsLetter) || field.All(char.IsAsciiDigit) || field.Length == 0);

    private static bool IsLabel(string[] fields) => fields.Distinct().Count() <= MostClasses;

    private static string[] Fields(SpanRows rows, int column) => [.. rows.Rows.Select(row => Field(row.Fields, column))];

    private static string Field(string[] fields, int column) => column >= 0 && column < fields.Length ? fields[column] : "";
}
