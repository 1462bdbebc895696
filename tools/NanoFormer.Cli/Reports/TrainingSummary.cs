using NanoFormer.Training.Cards;
using static System.FormattableString;

namespace NanoFormer.Cli.Reports;

/// <summary>The few lines that end a training.</summary>
internal static class TrainingSummary
{
    /// <summary>The lines.</summary>
    public static string Text(ModelCard card, string folder)
    {
        var lines = new List<string>
        {
            $"{card.Name}: {card.Parameters:N0} parameters, image {card.ImageBytes:N0} bytes, arena {card.ArenaBytes:N0} bytes",
            Line("test windows", card.Test),
        };
        if (card.RawTest is { } raw)
        {
            lines.Add(Line("raw recordings", raw));
        }

        lines.AddRange(card.OtherSplits.Select(Line));
        lines.Add($"written to {folder}");
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(OtherSplitClaim split)
    {
        string[] figures =
        [
            .. split.Seeds.Average(seed => seed.Int8Accuracy) is { } accuracy ? [Invariant($"int8 {accuracy:P2}")] : Array.Empty<string>(),
            .. split.Seeds.Average(seed => seed.HealthyAlarms) is { } alarms ? [Invariant($"alarms in {alarms:P2} of the healthy windows")] : Array.Empty<string>(),
            .. split.Seeds.Average(seed => seed.FaultAuc) is { } area ? [Invariant($"area under the curve of faults {area:F4}")] : Array.Empty<string>(),
        ];
        return $"{split.Name}: {string.Join(", ", figures)}";
    }

    private static string Line(string name, CardResult result)
    {
        string[] figures =
        [
            .. result.Int8Accuracy is { } accuracy
                ? [Invariant($"int8 {accuracy:P2} ({result.Int8Correct} of {result.Windows}), float {result.FloatAccuracy:P2}")]
                : Array.Empty<string>(),
            .. result.Detection?.ToCounts() is { } counts
                ? [Invariant($"F1 {counts.F1:F4}, false alarms {counts.FalseAlarmRate:P2} ({result.Windows} windows)")]
                : Array.Empty<string>(),
        ];
        return $"{name}: {string.Join("; ", figures)}";
    }
}
