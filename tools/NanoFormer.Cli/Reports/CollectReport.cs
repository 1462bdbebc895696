using NanoFormer.Cli.Demo;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>The summary that ends <c>demo --collect</c>.</summary>
internal static class CollectReport
{
    /// <summary>The summary as a table, and what to do next.</summary>
    public static void Draw(CollectResult result)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in Rows(result))
        {
            grid.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        Console.Out.WriteLine();
        AnsiConsole.Write(grid);
    }

    private static IEnumerable<(string Name, string Value)> Rows(CollectResult result)
    {
        yield return ("recording", result.IsSynthetic ? $"{result.Recording} (SYNTHETIC: generated, no person)" : result.Recording);
        yield return ("collected", Text($"{result.Recordings} recordings, {result.Samples:N0} samples, {result.Seconds:F0} s"));
        yield return ("log", Text($"{result.LogLines} records, {Counted.Of(result.Gaps, "gap")}, {Counted.Of(result.TornLines, "torn line")}"));
        if (result.BytesPerSecond is { } rate)
        {
            yield return ("port", Text($"{rate:N0} bytes per second while collecting, {result.PortShare:P0} of {result.BaudRate} baud"));
        }

        yield return ("next", $"./run data import {result.Path} --out DIR");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
