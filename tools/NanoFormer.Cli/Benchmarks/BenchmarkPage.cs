using System.Globalization;
using System.Text.RegularExpressions;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>The committed page of results, native-interop/BENCHMARKS.md: written by <c>bench --page</c>, and read back to see whether it still holds.</summary>
internal static partial class BenchmarkPage
{
    /// <summary>Where the page lies in the repository.</summary>
    public static readonly string RelativePath = Path.Combine("native-interop", "BENCHMARKS.md");

    /// <summary>The page about some rows; of those of single operators it shows none.</summary>
    public static string Text(IEnumerable<BenchmarkRow> rows)
    {
        var peers = PeerResults.Shipped;
        string[] lines =
        [
            "# Benchmarks: cycles and instructions of an inference",
            "",
            .. Headline(rows),
            "",
            "Written by `./run bench --page`; `./run test` measures again and fails when a figure has moved. `./run bench --ops` shows every operator,",
            "`--json` gives one object per row.",
            "",
            "One inference (`step`: one token of a stream, the dearest after a window). Instructions are exact, counted in QEMU; I/MAC is for each int8 multiply-accumulate.",
            "Cycles are estimated by a [model of each core](ports/qemu-count/README.md) with memory that never waits: of a Cortex-M4, a Cortex-M7, an ESP32 (xtensa) and",
            "an ESP32-C3 (rv32); there is none of the others. Bytes: arena of the plan; code of engine, needed kernels and compiler helpers in flash; the model image; the bound of the stack below",
            "`nf_session_run`, from the machine code. Where a core has a backend of its own, `scalar` is compiled for size: there it only fills in. Weights: `packed` is an",
            "image with its [packed section](MODEL-IMAGE.md#packed-section), which the dsp kernels read; more flash for fewer cycles.",
            "",
            $"Compilers: {Compilers.Versions()}.",
            "",
            .. BenchmarkTable.Markdown(Shown(rows)),
            "",
            "## Goals",
            "",
            "| model | op | core | backend | weights | asked for at most | measured | |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            .. Goals(rows),
            "",
            $"Held against: {peers.Method}",
            "",
        ];
        return string.Join('\n', lines);
    }

    // The lead that counts: in cycles, over the nearest rival; without and with packed weights.
    private static IEnumerable<string> Headline(IEnumerable<BenchmarkRow> rows)
    {
        string[] leads =
        [
            .. rows.Where(row => row.Op == BenchmarkRow.Total && row.PeerCycleRatio is not null)
                .GroupBy(row => (row.Model, row.Core))
                .Select(group => Lead([.. group.GroupBy(row => row.Packed).Select(way => way.MinBy(row => row.Cycles)!).OrderBy(row => row.Packed)])),
        ];
        return leads.Length == 0 ? [] : [$"{string.Join("; ", leads)}."];
    }

    private static string Lead(BenchmarkRow[] ways)
    {
        var first = ways[0];
        var others = ways.Skip(1).Select(row => string.Create(CultureInfo.InvariantCulture, $", {row.PeerCycleRatio:F2} with {BenchmarkTable.Weights(row)} weights ({row.Cycles:N0})"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{first.PeerCycleRatio:F2} times fewer cycles than {first.Peer} on {first.Core} for {first.Model} ({first.Cycles:N0} against {first.PeerCycles:N0})")
            + string.Concat(others);
    }

    /// <summary>Instructions that a page states, by model, core, backend, whether weights are packed, and op.</summary>
    public static IReadOnlyDictionary<(string Model, string Core, string Backend, bool Packed, string Op), long> Instructions(string page) =>
        TableRow().Matches(page).ToDictionary(
            match => (match.Groups["model"].Value, match.Groups["core"].Value, match.Groups["backend"].Value, match.Groups["weights"].Value == "packed", match.Groups["op"].Value),
            match => long.Parse(match.Groups["instructions"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Goals(IEnumerable<BenchmarkRow> rows) =>
        from goal in PeerResults.Shipped.Goals
        from core in goal.Cores
        let best = rows.Where(row => row.Core == core && goal.Covers(row)).OrderBy(row => row.Instructions).FirstOrDefault()
        where best is not null
        select $"| {goal.Model} | {best.Op} | {core} | {best.Backend} | {BenchmarkTable.Weights(best)} | {goal.Asked()} | {goal.Measured(best)} | {(goal.IsReachedBy(best) ? "reached" : "not yet")} |";

    /// <summary>Whether a page was measured with the compilers of this machine.</summary>
    public static bool IsOfTheseCompilers(string page) => page.Contains(Compilers.Versions(), StringComparison.Ordinal);

    /// <summary>The rows that a page shows: whole inferences and steps.</summary>
    public static IEnumerable<BenchmarkRow> Shown(IEnumerable<BenchmarkRow> rows) =>
        rows.Where(row => row.Op is BenchmarkRow.Total or BenchmarkRow.Step);

    [GeneratedRegex(@"^\| (?<model>\S+) \| (?<core>\S+) \| (?<backend>\S+) \| (?<weights>int8|packed) \| (?<op>total|step) \| [\d,]* \| (?<instructions>[\d,]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
