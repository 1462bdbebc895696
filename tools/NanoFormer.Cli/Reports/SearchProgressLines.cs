using System.Diagnostics;
using System.Globalization;
using NanoFormer.Search;

namespace NanoFormer.Cli.Reports;

/// <summary>A line on standard error for each training of a search: its result, the best so far, and the time left.</summary>
internal sealed class SearchProgressLines : IProgress<SearchProgress>
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int? _epochsBefore;

    /// <summary>Writes the line.</summary>
    public void Report(SearchProgress value)
    {
        _epochsBefore ??= value.EpochsDone - value.Training.Epochs;
        string result = value.Training.Score is { } score
            ? string.Create(CultureInfo.InvariantCulture,
                $"{score.Accuracy:P2}, {value.Trial.Costs.ImageBytes:N0} bytes, {value.Trial.Costs.Instructions:N0} instructions")
            : $"failed: {value.Training.Error}";
        string best = value.Best is { } one
            ? string.Create(CultureInfo.InvariantCulture, $"; best {one.Score.Accuracy:P2}, trial {one.Trial.Id}")
            : "";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"trial {value.Trial.Id}, {value.Training.Epochs} epochs: {result}{best}; {value.Left ?? TimeLeft(value):hh\\:mm\\:ss} left"));
    }

    private TimeSpan TimeLeft(SearchProgress value) =>
        _clock.Elapsed / (value.EpochsDone - _epochsBefore!.Value) * Math.Max(0, value.EpochsInAll - value.EpochsDone);
}
