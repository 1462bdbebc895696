using System.IO.Compression;

namespace NanoFormer.Data.Import;

/// <summary>The files of an import: one, or those of a kind in a folder and the folders below it.</summary>
public static class SourceFiles
{
    private const string Packed = ".gz";

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
            .Where(file => extensions.Contains(ExtensionOf(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => (file, Path.GetRelativePath(path, file).Replace('\\', '/')))
            .OrderBy(file => file.Item2, StringComparer.Ordinal).ToArray();
        return files.Length > 0
            ? files
            : throw new DataException(DataError.MissingFile, $"{path}: holds no files of the kind {string.Join(", ", extensions.Where(extension => extension.Length > 0))}.");
    }

    /// <summary>The extension that tells what a file holds: what stands before <c>.gz</c>, where it is packed.</summary>
    public static string ExtensionOf(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return extension == Packed ? Path.GetExtension(Path.GetFileNameWithoutExtension(path)).ToLowerInvariant() : extension;
    }

    /// <summary>Opens a file to read from its beginning, unpacked where it is gzipped.</summary>
    /// <exception cref="DataException"><see cref="DataError.MissingFile"/>: it is not there.</exception>
    public static Stream Open(string path)
    {
        try
        {
            var file = File.OpenRead(path);
            return path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(DataError.MissingFile, $"{path}: not found.", fault);
        }
    }
}
