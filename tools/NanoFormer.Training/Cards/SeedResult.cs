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

    /// <summary>Part of the windows whose score reaches the alarm's threshold, 0..1; null for a model without a score.</summary>
    public double? Alarms { get; init; }

    /// <summary>The subject or file that the integer model is worst on; null where there is one alone.</summary>
    public SubjectClaim? Worst { get; init; }

    /// <summary>The results of trainings with consecutive seeds.</summary>
    internal static SeedResult[] Of(int firstSeed, IReadOnlyList<TrainedModel> models) => [.. models.Select((model, i) =>
    {
        var result = CardResult.From(model.Test);
        return new SeedResult(firstSeed + i, result.FloatAccuracy, result.Int8Accuracy)
        {
            Detection = result.Detection,
            FaultAuc = result.Faults?[^1].Auc,
            Alarms = result.Alarms,
            Worst = model.Test.Worst,
        };
    })];

    /// <summary>
    /// The index of the median: by accuracy, then by F1, then by the area under the curve of faults; of two in the middle the lower one.
    /// </summary>
    internal static int MedianOf(IReadOnlyList<SeedResult> seeds) => seeds.Index()
        .OrderBy(seed => seed.Item.Int8Accuracy)
        .ThenBy(seed => seed.Item.Detection?.ToCounts().F1)
        .ThenBy(seed => seed.Item.FaultAuc)
        .ElementAt((seeds.Count - 1) / 2).Index;
}
