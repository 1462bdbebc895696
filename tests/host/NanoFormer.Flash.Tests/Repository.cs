namespace NanoFormer.Flash.Tests;

/// <summary>The repository that these tests are of.</summary>
internal static class Repository
{
    private const string RootMark = "NanoFormer.slnx";

    public static string Root { get; } = Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
        ?? throw new DirectoryNotFoundException($"No folder above the tests or the current one holds {RootMark}.");

    private static string? Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, RootMark)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
