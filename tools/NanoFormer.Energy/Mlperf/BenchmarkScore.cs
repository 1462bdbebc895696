namespace NanoFormer.Energy.Mlperf;

/// <summary>The accuracy of a device's answers, by MLPerf Tiny's measures.</summary>
/// <param name="Top1Percent">Inputs whose true class has the highest result, in percent; null for a single result, which is a score.</param>
/// <param name="AreaUnderCurve">Area under the receiver's curve: of the score, of class 1 of two, or the mean over each class against the rest.</param>
public sealed record BenchmarkScore(double? Top1Percent, double? AreaUnderCurve)
{
    /// <summary>Judges answers.</summary>
    public static BenchmarkScore Of(IReadOnlyList<BenchmarkAnswer> answers)
    {
        int width = answers[0].Results.Length;
        if (width == 1)
        {
            return new BenchmarkScore(null, Area([.. answers.Select(answer => (answer.Results[0], answer.Class == 1))]));
        }

        // Results are made to sum to 1, so that they can be compared between inputs.
        (int Class, double[] Shares)[] rows = [.. answers.Select(answer => (answer.Class, Normalized(answer.Results)))];
        double correct = rows.Count(row => Array.IndexOf(row.Shares, row.Shares.Max()) == row.Class);
        double?[] areas = Enumerable.Range(width == 2 ? 1 : 0, width == 2 ? 1 : width)
            .Select(label => Area([.. rows.Select(row => (row.Shares[label], row.Class == label))])).ToArray();
        return new BenchmarkScore(100 * correct / rows.Length, areas.Contains(null) ? null : areas.Average());
    }

    private static double[] Normalized(double[] results)
    {
        double sum = results.Sum();
        return sum > 0 ? [.. results.Select(value => value / sum)] : results;
    }

    /// <summary>The share of pairs of a true and a false one that the score orders rightly, a tie being half; null without a pair.</summary>
    private static double? Area((double Score, bool IsTrue)[] items)
    {
        var groups = items.GroupBy(item => item.Score).OrderBy(group => group.Key);
        double falseBelow = 0, ordered = 0, trues = 0;
        foreach (var group in groups)
        {
            double trueHere = group.Count(item => item.IsTrue);
            double falseHere = group.Count() - trueHere;
            ordered += trueHere * (falseBelow + (falseHere / 2));
            trues += trueHere;
            falseBelow += falseHere;
        }

        return trues > 0 && falseBelow > 0 ? ordered / (trues * falseBelow) : null;
    }
}
