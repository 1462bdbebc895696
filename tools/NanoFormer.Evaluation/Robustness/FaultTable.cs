using NanoFormer.Data;
using NanoFormer.Data.Faults;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>How an anomaly score tells faults that are injected into the windows, as the model's configuration says.</summary>
/// <param name="Windows">Windows without a fault, and as many of each kind.</param>
/// <param name="Rows">One for each kind.</param>
/// <param name="Pooled">All kinds together, each counting the same.</param>
public sealed record FaultTable(int Windows, IReadOnlyList<FaultRow> Rows, FaultRow Pooled)
{
    /// <summary>The scores of the windows without a fault, and, for each row, of those with it.</summary>
    public required (double[] Healthy, double[][] Faulty) Scores { get; init; }

    /// <summary>Runs every kind of fault.</summary>
    /// <param name="windows">Windows of healthy operation.</param>
    /// <param name="options">What is injected.</param>
    /// <param name="scores">The scores of a model for windows.</param>
    /// <param name="alarmScore">Least score of an alarm; null when there is none.</param>
    /// <param name="done">Told how many kinds are through.</param>
    public static FaultTable Measure(
        WindowSet windows, FaultOptions options, Func<WindowSet, double[]> scores, double? alarmScore, Action<int>? done = null)
    {
        double[] healthy = scores(windows);
        var kinds = Kinds(options);
        double[][] faulty = kinds.Select((kind, i) =>
        {
            double[] ofKind = scores(new InjectedFault(kind, options).Apply(windows));
            done?.Invoke(i + 1);
            return ofKind;
        }).ToArray();
        return new FaultTable(
            windows.Count,
            [.. kinds.Zip(faulty, (kind, ofKind) => Row(kind.ToString().ToLowerInvariant(), healthy, ofKind, alarmScore))],
            Row("all kinds", healthy, [.. faulty.SelectMany(ofKind => ofKind)], alarmScore))
        {
            Scores = (healthy, faulty),
        };
    }

    /// <summary>The kinds that are injected.</summary>
    public static FaultKind[] Kinds(FaultOptions options) => [.. options.Kinds.Keys.Order()];

    private static FaultRow Row(string name, double[] healthy, double[] faulty, double? alarmScore) => new(
        name,
        new RocCurve([.. healthy, .. faulty], [.. healthy.Select(_ => false), .. faulty.Select(_ => true)]).Area,
        alarmScore is { } alarm ? (double)faulty.Count(score => score >= alarm) / faulty.Length : null);
}

/// <summary>How an anomaly score tells windows with a fault from the same windows without.</summary>
/// <param name="Fault">What was injected.</param>
/// <param name="Auc">Area under the curve.</param>
/// <param name="DetectionRate">Part of the faulty windows with an alarm, 0..1; null without an alarm threshold.</param>
public sealed record FaultRow(string Fault, double Auc, double? DetectionRate);
