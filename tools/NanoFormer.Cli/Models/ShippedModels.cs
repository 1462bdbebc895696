using NanoFormer.Emulator;

namespace NanoFormer.Cli.Models;

/// <summary>The models in this repository's folder <c>model-blobs</c>.</summary>
internal static class ShippedModels
{
    private const string Folder = "model-blobs";

    /// <summary>Every folder with an image, by name.</summary>
    public static IReadOnlyList<string> Folders()
    {
        string root = Path.Combine(NativeBuild.RepositoryRoot() ?? "", Folder);
        return Directory.Exists(root) ? [.. Directory.GetDirectories(root).Where(HasImage).Order(StringComparer.Ordinal)] : [];
    }

    private static bool HasImage(string folder) => File.Exists(Path.Combine(folder, ModelFile.ImageName));
}
