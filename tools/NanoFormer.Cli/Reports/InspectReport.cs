using System.Globalization;
using NanoFormer.Model;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>What <c>inspect</c> shows of an image: the model, its operators, and the arena over time.</summary>
internal static class InspectReport
{
    private const int MapWidth = 64;

    /// <summary>The report as data.</summary>
    public static object Json(ModelImage image, GraphStatistics statistics) => new
    {
        Model = image.Graph.ModelId,
        Crc32 = image.Crc32.ToString("X8", CultureInfo.InvariantCulture),
        image.ImageBytes,
        ArenaBytes = image.Plan.ArenaBytes,
        statistics.PeakLiveBytes,
        statistics.MultiplyAccumulates,
        image.Graph.Input.WindowSamples,
        image.Graph.Input.HopSamples,
        RateHz = image.Graph.Input.RateMillihertz / 1000.0,
        Channels = image.Graph.Input.Channels.Select(c => new { c.Name, c.Unit, UnitsPerStep = c.Scale.ToReal() }),
        image.Graph.Labels,
        TestVectors = image.Graph.TestVectors.Count,
        Operators = statistics.Operators.Select((op, i) => new
        {
            Index = i,
            Kind = NameOf(op.Kind),
            Rows = op.OutputRows,
            Columns = op.OutputColumns,
            Macs = op.MultiplyAccumulates,
            op.ConstantBytes,
            op.LiveBytes,
        }),
    };

    /// <summary>The report as tables and a map.</summary>
    public static void Draw(ModelImage image, GraphStatistics statistics)
    {
        DrawModel(image, statistics);
        DrawOperators(statistics);
        DrawArena(image);
    }

    private static void DrawModel(ModelImage image, GraphStatistics statistics)
    {
        var input = image.Graph.Input;
        var grid = new Grid().AddColumn().AddColumn();
        Row(grid, "model", $"{image.Graph.ModelId}, CRC-32 {image.Crc32:X8}");
        Row(grid, "input", string.Create(CultureInfo.InvariantCulture,
            $"{input.WindowSamples} samples x {input.Channels.Count} channels at {input.RateMillihertz / 1000.0} Hz, every {input.HopSamples}"));
        Row(grid, "channels", string.Join(", ", input.Channels.Select(c => $"{c.Name} ({c.Unit})")));
        Row(grid, "output", string.Join(", ", image.Graph.Labels));
        Row(grid, "image", $"{Bytes(image.ImageBytes)}, {image.Graph.TestVectors.Count} test vectors");
        Row(grid, "arena", $"{Bytes(image.Plan.ArenaBytes)} (live at once: {Bytes(statistics.PeakLiveBytes)})");
        Row(grid, "work", string.Create(CultureInfo.InvariantCulture, $"{statistics.MultiplyAccumulates:N0} multiply-accumulates a window"));
        AnsiConsole.Write(grid);
    }

    private static void DrawOperators(GraphStatistics statistics)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in new[] { "#", "operator", "output", "MACs", "constants", "live bytes" })
        {
            table.AddColumn(new TableColumn(header) { Alignment = header is "operator" or "output" ? Justify.Left : Justify.Right });
        }
        foreach (var (i, op) in statistics.Operators.Index())
        {
            table.AddRow($"{i}", NameOf(op.Kind), $"{op.OutputRows} x {op.OutputColumns}",
                Number(op.MultiplyAccumulates), Number(op.ConstantBytes), Number(op.LiveBytes));
        }
        AnsiConsole.Write(table);
    }

    /// <summary>One line an operator, the arena from left to right: the digit or letter of the operator that wrote what lives there.</summary>
    private static void DrawArena(ModelImage image)
    {
        var lifetimes = Lifetime.Of(image.Graph);
        var writers = image.Graph.Operators.Select((op, i) => (op.Output, i)).ToDictionary();
        Console.Out.WriteLine($"arena, {Bytes(image.Plan.ArenaBytes)} from left to right (letter: written by that operator, #: scratch, .: free)");
        for (var step = 0; step < image.Graph.Operators.Count; step++)
        {
            var map = new string('.', MapWidth).ToCharArray();
            foreach (var tensor in lifetimes.Where(pair => pair.Value.Contains(step)).Select(pair => pair.Key).OrderBy(t => writers[t]))
            {
                Fill(map, image.Plan.Tensors[tensor], image.Plan.ArenaBytes, Letter(writers[tensor]));
            }
            Fill(map, image.Plan.Scratch[step], image.Plan.ArenaBytes, '#');
            Console.Out.WriteLine($"  {Letter(step)} {NameOf(image.Graph.Operators[step].Kind),-10} {new string(map)}");
        }
    }

    private static void Fill(char[] map, ArenaRegion region, int arenaBytes, char mark)
    {
        if (region.Bytes == 0)
        {
            return;
        }
        var first = region.Offset * map.Length / arenaBytes;
        var last = (region.End - 1) * map.Length / arenaBytes;
        map.AsSpan(first, last - first + 1).Fill(mark);
    }

    private static char Letter(int index) => "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[index % 62];

    private static void Row(Grid grid, string name, string value) => grid.AddRow(Markup.Escape(name), Markup.Escape(value));

    private static string NameOf(OperatorKind kind) => kind.ToString().ToLowerInvariant();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(int bytes) => $"{Number(bytes)} bytes";
}
