using System.Globalization;
using NanoFormer.Cli.Benchmarks;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>Measurements as a table, on a terminal or in a page.</summary>
internal static class BenchmarkTable
{
    private static readonly (string Title, Func<BenchmarkRow, string> Value)[] Columns =
    [
        ("model", row => row.Model),
        ("core", row => row.Core),
        ("backend", row => row.Backend),
        ("weights", Weights),
        ("op", row => row.Op),
        ("cycles", row => row.Cycles is { } cycles ? Number(cycles) : ""),
        ("instructions", row => Number(row.Instructions)),
        ("I/MAC", row => Ratio(row.InstructionsPerMac)),
        ("arena", row => OrNothing(row.ArenaBytes)),
        ("code", row => OrNothing(row.CodeBytes)),
        ("image", row => OrNothing(row.ImageBytes)),
        ("stack", row => OrNothing(row.StackBytes)),
        ("against", Against),
    ];

    // What the firmware executes beside the inference; it changes with the firmware, so the page of the engine's figures leaves it out.
    private static readonly (string Title, Func<BenchmarkRow, string> Value)[] HopColumns =
    [
        ("hop: capture", row => row.Hop?.Capture is { } count ? Number(count) : ""),
        ("hop: managed", row => row.Hop?.Managed is { } count ? Number(count) : ""),
    ];

    /// <summary>How a row's image holds its weights, in a word.</summary>
    public static string Weights(BenchmarkRow row) => row.Packed ? "packed" : "int8";

    /// <summary>Draws the table.</summary>
    public static void Draw(IEnumerable<BenchmarkRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        (string Title, Func<BenchmarkRow, string> Value)[] columns = [.. Columns, .. HopColumns];
        foreach (var (title, _) in columns)
        {
            table.AddColumn(title);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. columns.Select(column => Markup.Escape(column.Value(row)))]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The table as lines of Markdown.</summary>
    public static IEnumerable<string> Markdown(IEnumerable<BenchmarkRow> rows) =>
    [
        Line(Columns.Select(column => column.Title)),
        Line(Columns.Select(_ => "---")),
        .. rows.Select(row => Line(Columns.Select(column => column.Value(row)))),
    ];

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Against(BenchmarkRow row) => (row.PeerCycleRatio, row.PeerRatio) switch
    {
        ({ } cycles, { } instructions) => $"{Ratio(cycles)} x fewer cycles than {row.Peer} ({Ratio(instructions)} x instructions)",
        (null, { } instructions) => $"{Ratio(instructions)} x fewer instructions than {row.Peer}",
        _ => "",
    };

    private static string OrNothing(int? value) => value is { } known and > 0 ? Number(known) : "";

    private static string Ratio(double? value) => value?.ToString("F2", CultureInfo.InvariantCulture) ?? "";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
