namespace NanoFormer.Data.Import;

/// <summary>The files of an import: one, or those of a kind in a folder and the folders below it.</summary>
public static class SourceFiles
{
    /// <summary>Paths and names relative to the folder, ordered by name, so that every machine imports in the same order.</summary>
    /// <exception cref="DataException">
    /// <see cref="DataError.MissingFile"/>: there is no such file, folder, or file in the folder.
    /// </exception>
    public static IReadOnlyList<(string Path, string Name)> Find(string path, params string[] extensions)
    {
        if (File.Exists(path))
        {
            return [(path, Path.GetFileName(path))];
        }
        if (!Directory.Exists(path))
        {
            throw new DataException(DataError.MissingFile, $"{path}: not found.");
        }
        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => (file, Path.GetRelativePath(path, file).Replace('\\', '/')))
            .OrderBy(file => file.Item2, StringComparer.Ordinal).ToArray();
        return files.Length > 0
            ? files
            : throw new DataException(DataError.MissingFile, $"{path}: holds no files of the kind {string.Join(", ", extensions)}.");
    }
}
