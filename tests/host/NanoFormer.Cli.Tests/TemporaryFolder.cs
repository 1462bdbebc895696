namespace NanoFormer.Cli.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanoformer");

    public string Name => _folder.FullName;

    public string PathOf(string file) => Path.Combine(Name, file);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(file), bytes);
        return PathOf(file);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
