using System.Text;

namespace NanoFormer.Files;

/// <summary>
/// Writes files beside their place and renames them when they are whole: whenever the process ends, there is the old file or the new one,
/// never a part of one.
/// </summary>
public static class AtomicFile
{
    /// <summary>What the name of a file that is not whole yet ends with.</summary>
    public const string PartSuffix = ".part";

    /// <summary>Writes what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="write">Writes the content; when it throws, the file stays as it was.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string part = path + PartSuffix;
        try
        {
            using (var stream = File.Create(part))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Writes bytes.</summary>
    public static void WriteAllBytes(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>Writes UTF-8 text without a byte order mark.</summary>
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
