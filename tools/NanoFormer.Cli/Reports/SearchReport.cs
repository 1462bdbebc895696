using System.Globalization;
using NanoFormer.Search;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>What a search found.</summary>
internal static class SearchReport
{
    /// <summary>Writes the front as a table, or every trial as JSON.</summary>
    public static void Write(IReadOnlyList<Trial> trials, string folder, bool json)
    {
        var standings = Standing.InLastRound(trials);
        var front = ParetoFront.Of(standings);
        int best = Standing.Winner(standings).Trial.Id;
        if (json)
        {
            var onFront = front.Select(one => one.Trial.Id).ToHashSet();
            JsonOutput.Write(trials.Select(trial => SearchRow.Of(trial, onFront.Contains(trial.Id), trial.Id == best)));
            return;
        }

        DrawFront(front);
        int overBudget = trials.Count(trial => trial.OverBudget is not null);
        Console.Out.WriteLine(Line($"{trials.Count - overBudget} trials trained, {overBudget} over budget"));
        Console.Out.WriteLine($"every trial: {Path.Combine(folder, SearchFiles.Trials)}; plot: {Path.Combine(folder, SearchFiles.Plot)}");
        Console.Out.WriteLine($"trial {best} for ./run train: {Path.Combine(folder, SearchFiles.Best)}");
    }

    private static void DrawFront(IEnumerable<Standing> front)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string? title in new[] { "trial", "accuracy", "macro F1", "float", "image", "arena", "instructions", "architecture" })
        {
            table.AddColumn(title);
        }

        foreach (var (trial, score) in front)
        {
            string[] cells =
            [
                Line($"{trial.Id}"), Line($"{score.Accuracy:P2}"), Line($"{score.MacroF1:F4}"), Line($"{score.FloatAccuracy:P2}"),
                Line($"{trial.Costs.ImageBytes:N0}"), Line($"{trial.Costs.ArenaBytes:N0}"),
                Line($"{(trial.Costs.IsCounted ? "" : "~")}{trial.Costs.Instructions:N0}"), Describe(trial.Config.Architecture),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Convolutions as channels/kernel/stride, blocks as heads x columns + feed-forward columns.</summary>
    private static string Describe(ArchitectureOptions architecture)
    {
        var streams = architecture.Streams.Select(stream => string.Join(' ', stream.Convolutions.Select(one =>
            Line($"{(one.Separable ? "s" : "c")}{one.Channels}/{one.Kernel}/{one.Stride}"))));
        var blocks = architecture.Blocks.Select(block => Line($"{block.Heads}x{block.HeadColumns}+{block.FeedForward}"));
        return $"{string.Join(" | ", streams)}, {string.Join(' ', blocks)}, {architecture.Pooling.ToString().ToLowerInvariant()}";
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
