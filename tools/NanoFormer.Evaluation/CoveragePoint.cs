namespace NanoFormer.Evaluation;

/// <summary>What a confidence gate would do at one threshold.</summary>
/// <param name="Threshold">Least confidence that is believed, 0..1.</param>
/// <param name="Coverage">Part of all answers that is believed, 0..1.</param>
/// <param name="Accuracy">Part of the believed answers that is right, 0..1; null when none is believed.</param>
public sealed record CoveragePoint(double Threshold, double Coverage, double? Accuracy);
