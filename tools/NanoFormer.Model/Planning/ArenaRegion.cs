namespace NanoFormer.Model;

/// <summary>Bytes of the arena.</summary>
/// <param name="Offset">First byte, a multiple of 16.</param>
/// <param name="Bytes">Length.</param>
public readonly record struct ArenaRegion(int Offset, int Bytes)
{
    /// <summary>The byte after the last.</summary>
    public int End => Offset + Bytes;

    /// <summary>Whether the two share a byte; an empty region shares none.</summary>
    public bool Overlaps(ArenaRegion other) => Bytes > 0 && other.Bytes > 0 && Offset < other.End && other.Offset < End;
}
