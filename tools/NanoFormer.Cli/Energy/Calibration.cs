using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Files;

namespace NanoFormer.Cli.Energy;

/// <summary>Puts a measured current into the table behind every estimate, with its source.</summary>
internal static partial class Calibration
{
    private const string Table = "tools/NanoFormer.Board/Power/power-figures.json";

    /// <summary>Path of the repository's table; the next build uses what is written there.</summary>
    /// <exception cref="CommandFailure">The tool runs outside the repository.</exception>
    public static string TablePath() =>
        Path.Combine(NativeBuild.RepositoryRoot() ?? throw new CommandFailure("NO_TABLE", "calibration writes into the repository's table of currents, and this is none."), Table);

    /// <summary>Writes the current while inferring into a table.</summary>
    /// <returns>What was written, in words.</returns>
    /// <exception cref="CommandFailure">The supply is unknown, or another than the board's.</exception>
    public static string Write(string path, string boardId, EnergyReport report)
    {
        var board = PowerFigures.Shipped.Boards.First(entry => entry.Id == boardId);
        double volts = report.Settings.Trace.Voltage ?? throw new CommandFailure("UNKNOWN_SUPPLY", "calibration needs the supply in volts: --voltage.");
        if (Math.Abs(volts - board.Volts) > 0.05)
        {
            throw new CommandFailure("OTHER_SUPPLY", string.Create(CultureInfo.InvariantCulture, $"the trace was taken at {volts} V, board {boardId} is estimated at {board.Volts} V: their currents are not the same."));
        }

        AtomicFile.WriteAllText(path, Changed(File.ReadAllText(path), board, report));
        var figure = report.Measurement.Figure;
        return string.Create(CultureInfo.InvariantCulture, $"{Table}: {boardId} now runs at {MicroampsPerMegahertz(board, report):0.##} uA/MHz (measured, {figure.Inferences.Count} inferences); commands use it after their next build");
    }

    /// <summary>The table with the figure in it.</summary>
    private static string Changed(string table, BoardEntry board, EnergyReport report)
    {
        string id = $"{board.Id}.inference-measured";
        string source = string.Create(CultureInfo.InvariantCulture,
            $"./run energy {report.Trace}: mean power of {report.Measurement.Figure.Inferences.Count} inferences at {board.Volts} V and {board.ClockMegahertz} MHz");
        string line = string.Create(CultureInfo.InvariantCulture,
            $$"""    {"id": "{{id}}", "chip": "{{board.Id.ToUpperInvariant()}}", "mode": "run, inferring", "value": {{MicroampsPerMegahertz(board, report):0.##}}, "unit": "uA/MHz", "source": {{JsonSerializer.Serialize(source)}}, "quality": "measured"},""");
        string without = string.Join('\n', table.Split('\n').Where(row => !row.Contains($"\"id\": \"{id}\"", StringComparison.Ordinal)));
        string withFigure = without.Replace("  \"figures\": [\n", $"  \"figures\": [\n{line}\n", StringComparison.Ordinal);
        return string.Join('\n', withFigure.Split('\n').Select(row =>
            row.Contains($"{{\"id\": \"{board.Id}\",", StringComparison.Ordinal) ? Run().Replace(row, $"\"run\": \"{id}\"") : row));
    }

    private static double MicroampsPerMegahertz(BoardEntry board, EnergyReport report)
    {
        var figure = report.Measurement.Figure;
        return ((figure.Mean / figure.Seconds) + figure.IdleWatts) / board.Volts / board.ClockMegahertz * 1e6;
    }

    [GeneratedRegex("\"run\": \"[^\"]*\"")]
    private static partial Regex Run();
}
