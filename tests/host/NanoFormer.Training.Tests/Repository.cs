using System.Runtime.CompilerServices;

namespace NanoFormer.Training.Tests;

/// <summary>Finds the files of the trainer in the source tree.</summary>
internal static class Repository
{
    public static string TrainerFolder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "tools", "NanoFormer.Training"));

    public static string ModelsFolder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "model-blobs"));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
