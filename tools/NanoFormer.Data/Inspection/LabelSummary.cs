namespace NanoFormer.Data.Inspection;

/// <summary>How much there is of one class.</summary>
/// <param name="Name">Name of the class; empty for samples without one.</param>
/// <param name="Items">Recordings, or windows, that have some of it.</param>
/// <param name="Subjects">Subjects that have some of it.</param>
/// <param name="Samples">Samples in time.</param>
/// <param name="Share">Of all samples.</param>
public sealed record LabelSummary(string Name, int Items, int Subjects, long Samples, double Share);
