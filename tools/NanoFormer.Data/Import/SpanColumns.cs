namespace NanoFormer.Data.Import;

/// <summary>Which column of a table of labels holds what, counted from 0; -1 for what it does not have.</summary>
/// <param name="File">The recording.</param>
/// <param name="Subject">The person or machine.</param>
/// <param name="Label">The class.</param>
/// <param name="Start">Where a span begins.</param>
/// <param name="End">Where it ends.</param>
internal sealed record SpanColumns(int File, int Subject, int Label, int Start, int End)
{
    private static readonly string[] FileNames = ["file", "filename", "recording", "session", "experiment", "exp", "trial", "take", "measurement", "path"];
    private static readonly string[] SubjectNames = ["subject", "user", "person", "participant", "volunteer", "wearer", "subj", "patient", "machine", "who"];
    private static readonly string[] LabelNames =
        ["label", "labels", "activity", "class", "gesture", "event", "annotation", "behavior", "behaviour", "state", "posture", "exercise", "name", "code"];
    private static readonly string[] StartNames = ["start", "begin", "from", "onset", "first"];
    private static readonly string[] EndNames = ["end", "stop", "to", "offset", "last", "until", "finish"];

    /// <summary>The roles that names tell; null without start, end and label, or where several have one of these roles.</summary>
    public static SpanColumns? Of(IReadOnlyList<string> names)
    {
        string[][] words = [.. names.Select(name => Discovery.ColumnRoles.Words(name))];
        int[] starts = Having(StartNames);
        int[] ends = Having(EndNames);
        int[] labels = [.. Having(LabelNames).Except(starts).Except(ends)];
        if (starts.Length != 1 || ends.Length != 1 || starts[0] == ends[0] || labels.Length == 0)
        {
            return null;
        }

        int[] files = [.. Having(FileNames).Except(starts).Except(ends)];
        int subject = Having(SubjectNames).Except(labels).Append(-1).First();
        return new SpanColumns(files.Append(-1).First(), subject, labels.Except(files).Append(-1).First(), starts[0], ends[0]) is { Label: >= 0 } found ? found : null;

        int[] Having(string[] meant) => [.. words.Index().Where(pair => pair.Item.Intersect(meant).Any())
            .OrderBy(pair => Array.FindIndex(meant, pair.Item.Contains)).Select(pair => pair.Index)];
    }

    /// <summary>The roles in a table: as its columns are named, or start, end and label where it has three without names.</summary>
    /// <exception cref="DataException"><see cref="DataError.MissingColumn"/>: nothing tells them.</exception>
    public static SpanColumns Of(string file, SpanRows rows, IReadOnlyList<string> stated)
    {
        bool isTrack = stated.Count == 0 && rows.Names.Length == 0 && rows.Rows.All(row => row.Fields.Length == 3);
        string[] names = stated.Count > 0 ? [.. stated] : isTrack ? ["start", "end", "label"] : rows.Names;
        return Of(names) ?? throw new DataException(DataError.MissingColumn,
            $"{file}: {(names.Length == 0 ? "has no header" : $"the columns {string.Join(", ", names)} do not tell start, end and label, once each")}: "
            + "name all columns with --span-columns, such as file,subject,label,start,end.");
    }

    /// <summary>The columns as <c>--span-columns</c> names them.</summary>
    /// <param name="width">Columns of the table.</param>
    public IReadOnlyList<string> Names(int width) => [.. Enumerable.Range(0, width).Select(i =>
        i == Start ? "start" : i == End ? "end" : i == Label ? "label" : i == File ? "file" : i == Subject ? "subject" : "-")];
}
