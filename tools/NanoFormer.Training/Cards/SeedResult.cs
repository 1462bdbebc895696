namespace NanoFormer.Training.Cards;

/// <summary>Results of a training with one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="FloatAccuracy">Accuracy of the float twin on the test windows, 0..1; null for a model without classes.</param>
/// <param name="Int8Accuracy">Accuracy of the integer model on the test windows, 0..1; null for a model without classes.</param>
public sealed record SeedResult(int Seed, double? FloatAccuracy, double? Int8Accuracy);
