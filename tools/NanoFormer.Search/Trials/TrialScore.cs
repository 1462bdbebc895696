namespace NanoFormer.Search.Trials;

/// <summary>How good a model is on the validation subjects.</summary>
/// <param name="Accuracy">Of the integer model, 0..1.</param>
/// <param name="MacroF1">Mean F1 of the integer model, 0..1.</param>
/// <param name="FloatAccuracy">Of the float network, 0..1.</param>
public sealed record TrialScore(double Accuracy, double MacroF1, double FloatAccuracy);
