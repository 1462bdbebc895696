using NanoFormer.Interchange;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>The steps of a float network.</summary>
internal static class NetworkTable
{
    public static void Draw(FloatNetwork network)
    {
        var table = new Table().AddColumns("step", "kind", "input", "output", "weights");
        foreach (var (index, step) in network.Steps.Index())
        {
            int weights = step.Parameters.Sum(values => values.Length);
            table.AddRow($"{index}", step.GetType().Name["Float".Length..], Shape(step.Input), Shape(step.Output), $"{weights}");
        }

        AnsiConsole.Write(table);
    }

    private static string Shape(FloatValue value) => $"{value.Rows} x {value.Columns}";
}
