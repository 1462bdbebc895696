using NanoFormer.Data;
using NanoFormer.Data.Faults;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Robustness;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How an anomaly score tells faults that are injected into the windows, as the model's configuration says.</summary>
/// <param name="Windows">Windows without a fault, and as many of each kind.</param>
/// <param name="Rows">One for each kind.</param>
/// <param name="Pooled">All kinds together, each counting the same.</param>
internal sealed record FaultTable(int Windows, IReadOnlyList<FaultRow> Rows, FaultRow Pooled)
{
    /// <summary>Runs every kind of fault; <paramref name="done"/> is told how many are through.</summary>
    public static FaultTable Measure(
        ITransformerEngine engine, WindowSet windows, FaultOptions options, double? alarmScore, Action<int> done)
    {
        var healthy = Scores(engine, windows);
        var kinds = Kinds(options);
        var faulty = kinds.Select((kind, i) =>
        {
            var scores = Scores(engine, new InjectedFault(kind, options).Apply(windows));
            done(i + 1);
            return scores;
        }).ToArray();
        return new FaultTable(
            windows.Count,
            [.. kinds.Zip(faulty, (kind, scores) => Row(kind.ToString().ToLowerInvariant(), healthy, scores, alarmScore))],
            Row("all kinds", healthy, [.. faulty.SelectMany(scores => scores)], alarmScore));
    }

    /// <summary>The kinds that are injected.</summary>
    public static FaultKind[] Kinds(FaultOptions options) => [.. options.Kinds.Keys.Order()];

    private static FaultRow Row(string name, double[] healthy, double[] faulty, double? alarmScore) => new(
        name,
        new RocCurve([.. healthy, .. faulty], [.. healthy.Select(_ => false), .. faulty.Select(_ => true)]).Area,
        alarmScore is { } alarm ? (double)faulty.Count(score => score >= alarm) / faulty.Length : null);

    private static double[] Scores(ITransformerEngine engine, WindowSet windows) =>
        Predictions.Of(engine.Info, windows.ClassNames, EngineOutputs.Of(engine, windows, _ => { })).Scores;
}
