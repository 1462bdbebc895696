using NanoFormer.Interchange;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>The steps of a float network.</summary>
internal static class NetworkReport
{
    /// <summary>The report as data; shapes are [rows, columns].</summary>
    public static object Json(FloatNetwork network) => new
    {
        network.Name,
        network.Source,
        Input = Dimensions(network.Input),
        Output = Dimensions(network.Output),
        Steps = network.Steps.Select(step => new
        {
            Kind = KindOf(step),
            Input = Dimensions(step.Input),
            Output = Dimensions(step.Output),
            Weights = WeightsOf(step),
        }),
    };

    /// <summary>The report as a table.</summary>
    public static void Draw(FloatNetwork network)
    {
        var table = new Table().AddColumns("step", "kind", "input", "output", "weights");
        foreach (var (index, step) in network.Steps.Index())
        {
            table.AddRow($"{index}", KindOf(step), Shape(step.Input), Shape(step.Output), $"{WeightsOf(step)}");
        }

        AnsiConsole.Write(table);
    }

    private static string KindOf(FloatStep step) => step.GetType().Name["Float".Length..];

    private static int WeightsOf(FloatStep step) => step.Parameters.Sum(values => values.Length);

    private static int[] Dimensions(FloatValue value) => [value.Rows, value.Columns];

    private static string Shape(FloatValue value) => $"{value.Rows} x {value.Columns}";
}
