namespace NanoFormer.Data.Preparation;

/// <summary>Where a window was cut.</summary>
/// <param name="Recording">Name of the recording; empty when unknown.</param>
/// <param name="Start">Its first sample there.</param>
public sealed record WindowOrigin(string Recording, int Start);
