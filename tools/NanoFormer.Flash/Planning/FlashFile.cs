namespace NanoFormer.Flash;

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
