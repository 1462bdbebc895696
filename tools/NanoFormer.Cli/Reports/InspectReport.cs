using System.Globalization;
using NanoFormer.Emulator;
using NanoFormer.Model;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>What <c>inspect</c> shows of an image: the model, its operators, and the arena over time.</summary>
internal static class InspectReport
{
    /// <summary>The report as data.</summary>
    public static object Json(ModelImage image, GraphStatistics statistics, IReadOnlyList<Packing> packings) => new
    {
        Model = image.Graph.ModelId,
        Crc32 = image.Crc32.ToString("X8", CultureInfo.InvariantCulture),
        image.ImageBytes,
        image.PackedBytes,
        Packing = packings.Select(one => new
        {
            Core = one.Core.Name,
            one.ImageBytes,
            one.Cost?.Cycles,
            one.PackedImageBytes,
            PackedCycles = one.PackedCost?.Cycles,
            one.NotCounted,
        }),
        ArenaBytes = image.Plan.ArenaBytes,
        statistics.PeakLiveBytes,
        statistics.MultiplyAccumulates,
        image.Graph.Input.WindowSamples,
        image.Graph.Input.HopSamples,
        RateHz = image.Graph.Input.RateMillihertz / 1000.0,
        Channels = image.Graph.Input.Channels.Select(c => new { c.Name, c.Unit, UnitsPerStep = c.Scale.ToReal() }),
        image.Graph.Labels,
        TestVectors = image.Graph.TestVectors.Count,
        Classes = image.Graph.ClassCount,
        image.Graph.AlarmThreshold,
        InputType = image.Graph.Window.ElementType == ElementType.Int8 ? "int8" : "int16",
        Operators = Operators(statistics),
        Arena = Arena(image.Graph.Program, image.Plan),
        Step = image is { Graph.Step: { } step, StepPlan: { } plan } ? Step(step, plan) : null,
    };

    private static object Step(GraphProgram step, ArenaPlan plan)
    {
        var statistics = GraphStatistics.Of(step, plan);
        return new
        {
            Samples = step.Input.Rows,
            plan.ArenaBytes,
            statistics.PeakLiveBytes,
            statistics.MultiplyAccumulates,
            StateBytes = plan.States.Values.Sum(region => region.Bytes),
            Operators = Operators(statistics),
            Arena = Arena(step, plan),
        };
    }

    private static IEnumerable<object> Operators(GraphStatistics statistics) => statistics.Operators.Select((op, i) => new
    {
        Index = i,
        Kind = NameOf(op.Kind),
        Rows = op.OutputRows,
        Columns = op.OutputColumns,
        Macs = op.MultiplyAccumulates,
        op.ConstantBytes,
        op.LiveBytes,
    });

    private static IEnumerable<object> Arena(GraphProgram program, ArenaPlan plan) =>
        ArenaTimeline.Of(program, plan).Operators.Select(moment => new
        {
            Operator = moment.Index,
            TileRows = moment.Group?.TileRows,
            Uses = moment.Uses.Select(use => new { use.What, use.Operator, use.Region.Offset, use.Region.Bytes }),
        });

    /// <summary>The report as tables and pictures.</summary>
    public static void Draw(ModelImage image, GraphStatistics statistics, IReadOnlyList<Packing> packings)
    {
        DrawModel(image, statistics);
        DrawPacking(packings);
        DrawProgram(image.Graph.Program, image.Plan, statistics);
        if (image is { Graph.Step: { } step, StepPlan: { } plan })
        {
            var costs = GraphStatistics.Of(step, plan);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"stream, {step.Input.Rows} samples per step: {costs.MultiplyAccumulates:N0} multiply-accumulates per step"));
            DrawProgram(step, plan, costs);
        }
    }

    /// <summary>The name of a kind, as in the specification but without underscores.</summary>
    public static string NameOf(OperatorKind kind) => kind.ToString().ToLowerInvariant();

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
        Row(grid, "packed", image.PackedBytes > 0 ? $"{Bytes(image.PackedBytes)} of the image" : "no");
        Row(grid, "arena", $"{Bytes(image.Plan.ArenaBytes)} (live at once: {Bytes(statistics.PeakLiveBytes)})");
        Row(grid, "work", string.Create(CultureInfo.InvariantCulture, $"{statistics.MultiplyAccumulates:N0} multiply-accumulates per window"));
        AnsiConsole.Write(grid);
    }

    /// <summary>Flash and cycles of a window on each core, without and with the packed section.</summary>
    private static void DrawPacking(IReadOnlyList<Packing> packings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string header in new[] { "core", "image", "cycles", "packed image", "packed cycles", "saved" })
        {
            table.AddColumn(new TableColumn(header) { Alignment = header == "core" ? Justify.Left : Justify.Right });
        }

        foreach (var one in packings)
        {
            string saved = one is { Cost.Cycles: { } cycles, PackedCost.Cycles: { } packed }
                ? string.Create(CultureInfo.InvariantCulture, $"{1 - ((double)packed / cycles):P1}")
                : "";
            table.AddRow(one.Core.Name, Number(one.ImageBytes), Number(one.Cost?.Cycles), Number(one.PackedImageBytes), Number(one.PackedCost?.Cycles), saved);
        }

        AnsiConsole.Write(table);
        foreach (var one in packings.Where(one => one.NotCounted is not null))
        {
            Console.Out.WriteLine($"{one.Core}: cycles not counted: {one.NotCounted}");
        }
    }

    private static void DrawProgram(GraphProgram program, ArenaPlan plan, GraphStatistics statistics)
    {
        DrawOperators(statistics);
        ArenaPicture.Draw(ArenaTimeline.Of(program, plan), plan.ArenaBytes);
    }

    private static void DrawOperators(GraphStatistics statistics)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string? header in new[] { "#", "operator", "output", "MACs", "constants", "live bytes" })
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

    private static void Row(Grid grid, string name, string value) => grid.AddRow(Markup.Escape(name), Markup.Escape(value));

    private static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string Bytes(int bytes) => $"{Number(bytes)} bytes";
}
