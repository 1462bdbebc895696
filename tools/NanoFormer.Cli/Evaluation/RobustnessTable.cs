using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How a model does with perturbed windows.</summary>
/// <param name="Windows">Windows in each row.</param>
/// <param name="Clean">The same windows as they were recorded.</param>
/// <param name="Rows">One for each perturbation.</param>
internal sealed record RobustnessTable(int Windows, RobustnessRow Clean, IReadOnlyList<RobustnessRow> Rows)
{
    /// <summary>Most windows that are run for each row, picked evenly from all.</summary>
    private const int MostWindows = 1000;

    /// <summary>How many rows there will be, with the one of the clean windows.</summary>
    public static int CountRows(WindowSet windows, IReadOnlyList<IReadOnlyList<int>> triads) =>
        1 + Perturbations.For(windows.Channels, triads).Count;

    /// <summary>Runs the perturbations; <paramref name="done"/> is told how many rows are through.</summary>
    public static RobustnessTable Measure(
        ITransformerEngine engine, WindowSet windows, IReadOnlyList<IReadOnlyList<int>> triads, AlarmRule rule, Action<int> done)
    {
        var sample = Sample(windows);
        var clean = Row("none", "", sample);
        done(1);
        var rows = Perturbations.For(windows.Channels, triads).Select((perturbation, i) =>
        {
            var row = Row(perturbation.Name, perturbation.Severity, perturbation.Apply(sample));
            done(i + 2);
            return row;
        }).ToArray();
        return new RobustnessTable(sample.Count, clean, rows);

        RobustnessRow Row(string name, string severity, WindowSet set)
        {
            sbyte[][] outputs = EngineOutputs.Of(engine, set, _ => { });
            return RobustnessRow.Of(name, severity, rule.Judge(set, Predictions.Of(engine.Info, set.ClassNames, outputs)));
        }
    }

    private static WindowSet Sample(WindowSet windows) => windows.Count <= MostWindows
        ? windows
        : windows.Take([.. Enumerable.Range(0, MostWindows).Select(i => (int)((long)i * windows.Count / MostWindows))]);
}
