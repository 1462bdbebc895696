namespace NanoFormer.Model;

/// <summary>A validated model image.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Plan">The arena plan of its window program.</param>
/// <param name="StepPlan">The arena plan of its step program; null without one.</param>
/// <param name="ImageBytes">Bytes of the image.</param>
/// <param name="Crc32">The checksum of its header.</param>
/// <param name="PackedBytes">Those of its bytes that are the <see cref="PackedSection"/>; 0 without one.</param>
public sealed record ModelImage(Graph Graph, ArenaPlan Plan, ArenaPlan? StepPlan, int ImageBytes, uint Crc32, int PackedBytes = 0);
