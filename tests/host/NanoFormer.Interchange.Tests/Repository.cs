namespace NanoFormer.Interchange.Tests;

/// <summary>
/// Finds the repository's files and the recorded data sets: NANOFORMER_DATASETS, or ../shared/datasets beside the repository.
/// </summary>
internal static class Repository
{
    private const string DatasetsVariable = "NANOFORMER_DATASETS";

    public static string Root { get; } = Find();

    public static string RequireDataset(string name)
    {
        string root = Environment.GetEnvironmentVariable(DatasetsVariable) is { Length: > 0 } configured
            ? configured
            : Path.Combine(Root, "..", "shared", "datasets");
        string folder = Path.Combine(root, name);
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "header.json")), $"The data set {name} is not here.");
        return folder;
    }

    private static string Find() => Above(AppContext.BaseDirectory) ?? Above(Environment.CurrentDirectory)
        ?? throw new DirectoryNotFoundException("No folder above the tests or the current one holds NanoFormer.slnx.");

    private static string? Above(string path)
    {
        DirectoryInfo? folder = new(path);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NanoFormer.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
