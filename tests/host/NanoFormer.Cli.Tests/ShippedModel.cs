using NanoFormer.Emulator;
using NanoFormer.Model;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Tests;

/// <summary>The model in model-blobs. It is part of the repository: a test that does not find it fails.</summary>
internal static class ShippedModel
{
    private static readonly Lazy<byte[]> Bytes = new(() => File.ReadAllBytes(Path.Combine(Folder, "model.nfm")));

    public static string Folder => Path.Combine(Repository.Root, "model-blobs", "wearable-har");

    /// <summary>A copy of the image.</summary>
    public static byte[] Image => [.. Bytes.Value];

    /// <summary>The image as the reader on the PC sees it.</summary>
    public static ModelImage Read() => ImageReader.Read(Bytes.Value);

    public static ModelCard Card() => ModelCard.Parse(File.ReadAllText(Path.Combine(Folder, "model-card.json")));

    /// <summary>The image on the C# executor.</summary>
    public static ReferenceEngine Reference() => new(Bytes.Value);
}
