using NanoFormer.Data;

namespace NanoFormer.Evaluation.Opponents;

/// <summary>What is possible without a network, on the same windows: a random forest on features, and the most frequent class.</summary>
/// <param name="Forest">Answers of the forest.</param>
/// <param name="Majority">Accuracy of always saying the class most frequent in training, 0..1.</param>
/// <param name="Features">Features of a window.</param>
public sealed record Opponent(ConfusionMatrix Forest, double Majority, int Features)
{
    private const int MostWindows = 6000; // to learn from, evenly out of all

    /// <summary>Learns from one set and answers another.</summary>
    /// <param name="train">Windows to learn from.</param>
    /// <param name="test">Windows to judge on, of the same channels and classes.</param>
    public static Opponent Measure(WindowSet train, WindowSet test)
    {
        var learnt = train.Count <= MostWindows
            ? train
            : train.Take([.. Enumerable.Range(0, MostWindows).Select(i => (int)((long)i * train.Count / MostWindows))]);
        int[] classes = [.. train.ClassNames.Select(name => test.ClassNames.Index().First(known => known.Item == name).Index)];
        var forest = RandomForest.Grow(WindowFeatures.Of(learnt), learnt.Labels, train.ClassNames.Count);
        float[][] rows = WindowFeatures.Of(test);
        int most = classes[train.Labels.CountBy(label => label).MaxBy(pair => pair.Value).Key];
        return new Opponent(
            new ConfusionMatrix(test.ClassNames.Count, test.Labels, [.. rows.Select(row => classes[forest.Predict(row)])]),
            (double)test.Labels.Count(label => label == most) / test.Count,
            rows[0].Length);
    }
}
