using System.Globalization;
using NanoFormer.Cli.Benchmarks;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>Measurements as a table.</summary>
internal static class BenchmarkTable
{
    private static readonly (string Title, Func<BenchmarkRow, string> Value)[] Columns =
    [
        ("model", row => row.Model),
        ("core", row => row.Core),
        ("backend", row => row.Backend),
        ("instructions", row => Number(row.Instructions)),
        ("min", row => Number(row.InstructionsMin)),
        ("max", row => Number(row.InstructionsMax)),
        ("MACs", row => Number(row.Macs)),
        ("I/MAC", row => row.InstructionsPerMac.ToString("F2", CultureInfo.InvariantCulture)),
        ("arena", row => Number(row.ArenaBytes)),
        ("image", row => Number(row.ImageBytes)),
        ("stack", row => Number(row.StackBytes)),
    ];

    /// <summary>Draws the table.</summary>
    public static void Draw(IEnumerable<BenchmarkRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, _) in Columns)
        {
            table.AddColumn(title);
        }
        foreach (var row in rows)
        {
            table.AddRow([.. Columns.Select(column => Markup.Escape(column.Value(row)))]);
        }
        AnsiConsole.Write(table);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
