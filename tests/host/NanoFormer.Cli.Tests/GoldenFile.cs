namespace NanoFormer.Cli.Tests;

/// <summary>Committed expectations; the environment variable NANOFORMER_UPDATE_GOLDEN=1 writes them again.</summary>
internal static class GoldenFile
{
    private const string UpdateVariable = "NANOFORMER_UPDATE_GOLDEN";

    private static string Folder => Path.Combine(Repository.Root, "tests", "host", "NanoFormer.Cli.Tests", "Golden");

    public static void AssertEqual(string name, IEnumerable<string> lines)
    {
        string path = Path.Combine(Folder, name);
        string[] actual = [.. lines];
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
        }

        Assert.Equal(File.ReadAllLines(path), actual);
    }
}
