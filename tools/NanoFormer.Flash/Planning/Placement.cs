namespace NanoFormer.Flash;

/// <summary>A file's place in flash.</summary>
/// <param name="File">The file.</param>
/// <param name="Region">Name of the partition, or of the file that contains it.</param>
/// <param name="Address">Address of its first byte.</param>
/// <param name="RoomBytes">Bytes of the region.</param>
public sealed record Placement(FlashFile File, string Region, long Address, long RoomBytes)
{
    /// <summary>Bytes of the file.</summary>
    public int Bytes => File.Bytes.Length;
}
