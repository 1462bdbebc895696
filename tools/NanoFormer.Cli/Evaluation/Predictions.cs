using NanoFormer.Data;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>What a model says of some windows.</summary>
/// <param name="Classes">The class of each window, an index into the data set's class names; empty without classes.</param>
/// <param name="Confidences">Probability of that class, 0..1; empty without classes.</param>
/// <param name="Scores">Anomaly score of each window, in the model's own steps; empty without a score.</param>
internal sealed record Predictions(int[] Classes, double[] Confidences, double[] Scores)
{
    private const int ZeroProbability = -128;
    private const double OneProbability = 256;

    /// <summary>For each class of a model, its index into the data set's class names.</summary>
    public static int[] ClassesOf(ModelInfo model, IReadOnlyList<string> classNames) =>
        [.. model.Labels.Take(model.ClassCount).Select(label => classNames.Index().First(c => c.Item == label).Index)];

    /// <summary>Part of the windows judged, 0..1, for which the answer is the label.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="judged">Indices of those that are judged; at least one.</param>
    /// <param name="answers">A class for every window.</param>
    public static double Right(WindowSet windows, int[] judged, int[] answers) => judged.Average(i => answers[i] == windows.Labels[i] ? 1.0 : 0);

    /// <summary>Of outputs in int8, where a probability is (value + 128) / 256 and a score value + 128.</summary>
    public static Predictions Of(ModelInfo model, IReadOnlyList<string> classNames, sbyte[][] outputs)
    {
        double[] unit = Enumerable.Range(0, model.OutputCount).Select(column => column < model.ClassCount ? OneProbability : 1).ToArray();
        var rows = outputs.Select(row => row.Select((value, column) => (value - ZeroProbability) / unit[column]).ToArray());
        return Of(model, classNames, rows);
    }

    /// <summary>Of outputs of a float network with the columns of the model: probabilities, then scores.</summary>
    public static Predictions Of(ModelInfo model, IReadOnlyList<string> classNames, float[][] outputs) =>
        Of(model, classNames, outputs.Select(row => row.Select(value => (double)value).ToArray()));

    private static Predictions Of(ModelInfo model, IReadOnlyList<string> classNames, IEnumerable<double[]> outputs)
    {
        double[][] rows = outputs.ToArray();
        int[] classOf = ClassesOf(model, classNames);
        var best = rows.Select(row => row[..model.ClassCount]).Where(row => row.Length > 0)
            .Select(row => (Index: Array.IndexOf(row, row.Max()), Confidence: row.Max())).ToArray();
        return new Predictions(
            [.. best.Select(answer => classOf[answer.Index])],
            [.. best.Select(answer => answer.Confidence)],
            [.. rows.Select(row => row[model.ClassCount..]).Where(row => row.Length > 0).Select(row => row.Max())]);
    }
}
