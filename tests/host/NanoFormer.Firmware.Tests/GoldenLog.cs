namespace NanoFormer.Firmware.Tests;

/// <summary>Recorded logs; NANOFORMER_UPDATE_GOLDEN=1 records them again.</summary>
internal static class GoldenLog
{
    public static void Check(string name, IReadOnlyList<string> lines)
    {
        if (Environment.GetEnvironmentVariable("NANOFORMER_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(Path.Combine(SourceFolder(), name), lines);
        }

        Assert.Equal(File.ReadAllLines(Path.Combine(SourceFolder(), name)), lines);
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
