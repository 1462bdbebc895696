namespace NanoFormer.Data.Preparation;

/// <summary>Recordings with their part, and what is to be known about the parts.</summary>
/// <param name="Recordings">The recordings, in the same order, each with its split.</param>
/// <param name="TrainUnits">Subjects or sources learnt from.</param>
/// <param name="TestUnits">Subjects or sources judged on.</param>
/// <param name="ValidationUnits">Those of the train units proposed to choose settings by; they stay in the train part.</param>
/// <param name="Warnings">What makes the parts less than fair, a sentence each.</param>
public sealed record SplitResult(
    IReadOnlyList<Recording> Recordings,
    IReadOnlyList<string> TrainUnits,
    IReadOnlyList<string> TestUnits,
    IReadOnlyList<string> ValidationUnits,
    IReadOnlyList<string> Warnings);
