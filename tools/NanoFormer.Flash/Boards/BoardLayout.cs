namespace NanoFormer.Flash;

/// <summary>How the flash of a board is divided.</summary>
/// <param name="FlashMegabytes">Size of the flash in MB.</param>
/// <param name="Table">File of nfproj/partitions.</param>
public sealed record BoardLayout(int FlashMegabytes, string Table);
