using System.Runtime.CompilerServices;

namespace NanoFormer.Data.Tests;

/// <summary>Committed files in the folder Golden; the environment variable NANOFORMER_UPDATE_GOLDEN=1 writes the expectations again.</summary>
internal static class GoldenFile
{
    private const string UpdateVariable = "NANOFORMER_UPDATE_GOLDEN";

    public static string PathOf(string name) => Path.Combine(Folder(), name);

    public static void AssertEqual(string name, string actual)
    {
        string path = PathOf(name);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
