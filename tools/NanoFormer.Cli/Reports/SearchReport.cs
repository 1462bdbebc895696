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
    public static void Write(IReadOnlyList<Trial> trials, SearchRequest request, bool json)
    {
        var front = ParetoFront.Of(Standing.Last(trials));
        var finding = Finding.Of(trials)!;
        int best = finding.Best.Trial.Id;
        if (json)
        {
            var onFront = front.Select(one => one.Trial.Id).ToHashSet();
            JsonOutput.Write(trials.Select(trial => SearchRow.Of(trial, onFront.Contains(trial.Id), trial.Id == best)));
            return;
        }

        DrawFront(front);
        int overBudget = trials.Count(trial => trial.OverBudget is not null);
        Console.Out.WriteLine(Line($"{trials.Count(trial => trial.IsCandidate)} trials trained, {overBudget} over budget"));
        Console.Out.WriteLine(Describe(finding, request.Folds.Count));
        if (request.Config.Distillation is null)
        {
            Console.Out.WriteLine(Describe(finding.Taught));
        }

        Console.Out.WriteLine($"every trial: {Path.Combine(request.Folder, SearchFiles.Trials)}; plot: {Path.Combine(request.Folder, SearchFiles.Plot)}");
        Console.Out.WriteLine($"trial {best} for ./run train: {Path.Combine(request.Folder, SearchFiles.Best)}");
    }

    /// <summary>Whether something better than the start was found, and how sure that is.</summary>
    internal static string Describe(Finding finding, int folds) => finding.Against switch
    {
        null => "nothing was compared with the given configuration",
        { Gain.Folds: < 2 } one => Line($"the given configuration stays: there was time for {one.Gain.Folds} of {folds} parts of the subjects, too few to compare"),
        { Gain.IsBetter: true } one => Line($"trial {one.Trial.Id} is better than the given configuration: {Points(one.Gain)}"),
        var one => Line($"the given configuration stays: nothing is better by more than chance; the best, trial {one.Trial.Id}: {Points(one.Gain)}"),
    };

    /// <summary>Whether teachers pay.</summary>
    internal static string Describe(Comparison? taught) => taught switch
    {
        null => "teachers: not tried, there was no time",
        { Gain.Mean: > 0 } one => Line($"{one.Trial.Config.Distillation!.Teachers} teachers of its own kind pay: {Points(one.Gain)}"),
        var one => Line($"{one.Trial.Config.Distillation!.Teachers} teachers of its own kind do not pay: {Points(one.Gain)}"),
    };

    private static string Points(PairedGain one) => one.Folds == 1 ? Line($"{100 * one.Mean:+0.0;-0.0;0.0} points on one part of the subjects") :
        Line($"{100 * one.Mean:+0.0;-0.0;0.0} points, standard error {100 * one.Error:0.0}, on {one.Folds} parts of the subjects held out in turn");

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
                Line($"{trial.Costs.ImageBytes:N0}{(trial.Config.Pack ? " packed" : "")}"), Line($"{trial.Costs.ArenaBytes:N0}"),
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
