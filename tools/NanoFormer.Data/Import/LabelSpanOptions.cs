namespace NanoFormer.Data.Import;

/// <summary>Where it says from when to when which activity was done.</summary>
/// <param name="Tables">The tables, each with what it calls the one recording that it is for; null for all.</param>
/// <param name="Unit">What start and end count; null where both are dates.</param>
public sealed record LabelSpanOptions(IReadOnlyList<(string Path, string? Recording)> Tables, SpanUnit? Unit)
{
    /// <summary>
    /// What the columns are, of a table without a header or in place of it: file, subject, label, start, end; any other word for what is
    /// not read. Empty to go by the header; without one, three columns are start, end and label.
    /// </summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The tables that a path means: one for all recordings or, with a <c>*</c> in place of the recording's name, one for each.</summary>
    /// <exception cref="DataException"><see cref="DataError.MissingFile"/>: there are none.</exception>
    public static IReadOnlyList<(string Path, string? Recording)> TablesOf(string path)
    {
        string pattern = Path.GetFileName(path);
        int star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [(path, null)];
        }

        string folder = Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".";
        var (before, after) = (pattern[..star], pattern[(star + 1)..]);
        string[] files = !Directory.Exists(folder) ? [] : [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is var name && name.Length > before.Length + after.Length
                && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? [.. files.Select(file => (file, (string?)Recording(file)))]
            : throw new DataException(DataError.MissingFile, $"{path}: no such tables of labels.");

        string Recording(string file) => Path.Combine(Path.GetDirectoryName(Path.GetRelativePath(folder, file))!, Path.GetFileName(file)[before.Length..^after.Length]);
    }
}
