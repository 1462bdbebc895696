namespace NanoFormer.Model;

/// <summary>A validated model image.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Plan">Its arena plan.</param>
/// <param name="ImageBytes">Bytes of the image.</param>
/// <param name="Crc32">The checksum of its header.</param>
public sealed record ModelImage(Graph Graph, ArenaPlan Plan, int ImageBytes, uint Crc32);
