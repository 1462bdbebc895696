using System.IO.Compression;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>
/// Unpacks the zip archives that recordings are kept in, each to a folder of its name. Where more bytes of recordings lie beside the archives,
/// these hold copies or something else, and are left alone.
/// </summary>
/// <remarks>The files are in a folder of their own, which is deleted with this.</remarks>
internal sealed class UnpackedArchives : IDisposable
{
    private const string Extension = ".zip";
    private const long MostBytes = 8L << 30;

    private string? _folder;

    /// <summary>The folder to look at: the one given, or one with its files and what its archives hold.</summary>
    /// <exception cref="DataException"><see cref="DataError.UnknownFormat"/>: an archive is damaged, or holds too much.</exception>
    public string Unpack(string path, IReadOnlyCollection<string> extensions, List<Choice> choices)
    {
        string[] all = File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [];
        string[] archives = [.. all.Where(file => Path.GetExtension(file).Equals(Extension, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        if (archives.Length == 0)
        {
            return path;
        }

        string[] others = [.. all.Except(archives).Where(file => extensions.Contains(SourceFiles.ExtensionOf(file)))];
        if (Bytes(others) > Bytes(archives))
        {
            choices.Add(new Choice("left out", $"{archives.Length} archives, such as {Path.GetFileName(archives[0])}", "more is in the files beside them"));
            return path;
        }

        _folder = Directory.CreateTempSubdirectory("nanoformer-unpacked-").FullName;
        string root = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (string file in others)
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        foreach (string archive in archives)
        {
            string name = Path.ChangeExtension(Path.GetRelativePath(root, archive), null);
            Extract(archive, archives.Length == 1 ? _folder : Path.Combine(_folder, name));
        }

        choices.Add(new Choice("unpacked", $"{archives.Length} archives, such as {Path.GetFileName(archives[0])}", "their extension"));
        return _folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static void Extract(string archive, string folder)
    {
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            if (zip.Entries.Sum(entry => entry.Length) > MostBytes)
            {
                throw new DataException(DataError.UnknownFormat, $"{archive}: holds more than {MostBytes >> 30} GB.");
            }

            zip.ExtractToDirectory(folder, overwriteFiles: true);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new DataException(DataError.UnknownFormat, $"{archive}: cannot be unpacked: {fault.Message}", fault);
        }
    }

    private static long Bytes(string[] files) => files.Sum(file => new FileInfo(file).Length);
}
