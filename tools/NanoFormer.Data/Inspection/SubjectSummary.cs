namespace NanoFormer.Data.Inspection;

/// <summary>How much there is of one subject in one part.</summary>
/// <param name="Name">The subject; empty when unknown.</param>
/// <param name="Split">The part; empty before a split.</param>
/// <param name="Items">Recordings, or windows.</param>
/// <param name="Samples">Samples in time.</param>
/// <param name="SamplesByLabel">Of each class; the last number is of samples without one.</param>
public sealed record SubjectSummary(string Name, string Split, int Items, long Samples, IReadOnlyList<long> SamplesByLabel);
