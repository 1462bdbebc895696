namespace NanoFormer.Flash;

/// <summary>A region of the flash.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Type">0 = app, 1 = data.</param>
/// <param name="Subtype">What it holds.</param>
/// <param name="Offset">Address of its first byte.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Flags">Bits of <see cref="PartitionTable.Flags"/>.</param>
public sealed record Partition(string Name, int Type, int Subtype, long Offset, long Size, int Flags = 0)
{
    /// <summary>Address after its last byte.</summary>
    public long End => Offset + Size;
}
