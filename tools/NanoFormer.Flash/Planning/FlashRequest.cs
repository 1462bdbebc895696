using NanoFormer.Model;

namespace NanoFormer.Flash;

/// <summary>What is to be flashed onto which board.</summary>
/// <param name="Board">The board.</param>
/// <param name="Layout">Its size of flash.</param>
/// <param name="Table">How the flash is divided.</param>
/// <param name="Strategy">Where the model lives.</param>
/// <param name="Model">The model.</param>
/// <param name="Application">The deployment image.</param>
/// <param name="Firmware">nanoCLR.bin with the engine; null when the board has it already.</param>
/// <param name="Port">Serial port of the board; null when it has none or only the plan is wanted.</param>
public sealed record FlashRequest(
    Board Board,
    BoardLayout Layout,
    PartitionTable Table,
    ModelStrategy Strategy,
    ModelToFlash Model,
    FlashFile Application,
    FlashFile? Firmware,
    string? Port);

/// <summary>A file that goes to the board.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record FlashFile(string Path, byte[] Bytes)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FlashException">It is not there.</exception>
    public static FlashFile Read(string path) => File.Exists(path)
        ? new FlashFile(path, File.ReadAllBytes(path))
        : throw new FlashException(FlashError.NoFile, $"There is no file '{path}'.");
}

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
