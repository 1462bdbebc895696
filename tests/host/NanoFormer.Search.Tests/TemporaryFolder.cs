namespace NanoFormer.Search.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("search");

    public string Name => _folder.FullName;

    public string PathOf(string file) => Path.Combine(Name, file);

    public void Dispose() => _folder.Delete(recursive: true);
}
