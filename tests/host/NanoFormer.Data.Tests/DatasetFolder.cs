namespace NanoFormer.Data.Tests;

/// <summary>Finds the recorded data sets: NANOFORMER_DATASETS, or ../shared/datasets beside the repository.</summary>
internal static class DatasetFolder
{
    public static string Require(string name)
    {
        string folder = Path.Combine(Root(), name);
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "header.json")), $"The data set {name} is not here.");
        return folder;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("NANOFORMER_DATASETS") is { Length: > 0 } configured)
        {
            return configured;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NanoFormer.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", "..", "shared", "datasets");
    }
}
