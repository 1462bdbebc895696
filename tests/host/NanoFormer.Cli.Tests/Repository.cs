using NanoFormer.Emulator;

namespace NanoFormer.Cli.Tests;

/// <summary>The repository that these tests are of, and the data sets beside it.</summary>
internal static class Repository
{
    private const string DatasetsVariable = "NANOFORMER_DATASETS";

    public static string Root { get; } = NativeBuild.RepositoryRoot()
        ?? throw new DirectoryNotFoundException("No folder above the tests or the current one holds NanoFormer.slnx.");

    /// <summary>The folder of a recorded data set; skips the test when it is not here.</summary>
    public static string RequireDataset(string name)
    {
        string folder = Path.Combine(DatasetsFolder(), name);
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "header.json")), $"The data set {name} is not here.");
        return folder;
    }

    private static string DatasetsFolder() => Environment.GetEnvironmentVariable(DatasetsVariable) is { Length: > 0 } configured
        ? configured
        : Path.Combine(Root, "..", "shared", "datasets");
}
