namespace NanoFormer.Model;

/// <summary>A validated model image.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Plan">The arena plan of its window program.</param>
/// <param name="StepPlan">The arena plan of its step program; null without one.</param>
/// <param name="ImageBytes">Bytes of the image.</param>
/// <param name="Crc32">The checksum of its header.</param>
public sealed record ModelImage(Graph Graph, ArenaPlan Plan, ArenaPlan? StepPlan, int ImageBytes, uint Crc32);
