namespace NanoFormer.Training.Cards;

/// <summary>Results of a training with one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="FloatAccuracy">Accuracy of the float twin on the test windows, 0..1; null for a model without classes.</param>
/// <param name="Int8Accuracy">Accuracy of the integer model on the test windows, 0..1; null for a model without classes.</param>
public sealed record SeedResult(int Seed, double? FloatAccuracy, double? Int8Accuracy)
{
    /// <summary>How the integer model's score tells anomalies; null without a score, or where the labels do not tell them.</summary>
    public DetectionClaim? Detection { get; init; }

    /// <summary>The area under the curve for injected faults of all kinds; null for a model that was not trained with any.</summary>
    public double? FaultAuc { get; init; }
}
