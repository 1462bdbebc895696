using NanoFormer.Data;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Finds data sets by the names that cards give them.</summary>
internal sealed class DatasetFolders
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>Looks through the folders in a folder: a packed data set has the name in its header, any other its folder's.</summary>
    public DatasetFolders(string folder)
    {
        string[] paths = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        foreach (string? path in paths.Order(StringComparer.Ordinal))
        {
            _folders.TryAdd(NameOf(path), path);
        }
    }

    /// <summary>The folder of a data set; null when it is not there.</summary>
    public string? Find(string name) => _folders.GetValueOrDefault(name);

    private static string NameOf(string path)
    {
        try
        {
            return PackedDataset.Open(path).Name;
        }
        catch (DataException)
        {
            return Path.GetFileName(path);
        }
    }
}
