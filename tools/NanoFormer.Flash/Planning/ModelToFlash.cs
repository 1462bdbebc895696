using NanoFormer.Model;

namespace NanoFormer.Flash;

/// <summary>A model image, and what a board must offer it.</summary>
/// <param name="File">The image.</param>
/// <param name="Id">The model's name.</param>
/// <param name="Crc32">Checksum of its header, which the board reports at its start.</param>
/// <param name="ArenaBytes">Working memory it needs.</param>
public sealed record ModelToFlash(FlashFile File, string Id, uint Crc32, int ArenaBytes)
{
    /// <summary>Validates an image.</summary>
    /// <exception cref="ModelImageException">It is damaged.</exception>
    public static ModelToFlash Of(FlashFile file)
    {
        var image = ImageReader.Read(file.Bytes);
        return new ModelToFlash(file, image.Graph.ModelId, image.Crc32, image.Plan.ArenaBytes);
    }
}
