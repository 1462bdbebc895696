using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>What the built-in wearer did when, from the scenario rather than from the rendered labels.</summary>
internal static class DayOfTheWearer
{
    private const double TransitionSeconds = 2.5;
    private const double WindowSeconds = 2.56;

    /// <summary>The activity that fills a record's window; null when none does or the device was not worn.</summary>
    public static string? LabelOf(LogLine record)
    {
        double start = record.Number("t0_ms", 0) / 1000.0;
        double from = 0;
        foreach ((int i, var segment) in WearerScenario.Default.Index())
        {
            double to = from + segment.Seconds;
            double settled = i == 0 ? from : from + TransitionSeconds;
            if (start >= settled && start + WindowSeconds <= to)
            {
                return segment.Label;
            }

            from = to;
        }

        return null;
    }
}
