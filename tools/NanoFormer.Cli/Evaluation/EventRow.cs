using NanoFormer.Runtime;

namespace NanoFormer.Cli.Evaluation;

/// <summary>What a rule of alarms does over whole recordings.</summary>
/// <param name="Rule">Where its limits come from.</param>
/// <param name="Priority">Least priority that counts as an alarm.</param>
/// <param name="HealthyHours">Hours of healthy operation.</param>
/// <param name="FalseAlarms">Alarms that began in them.</param>
/// <param name="FalsePart">Part of the healthy windows in which an alarm was in force, 0..1; null without such windows.</param>
/// <param name="Events">Stretches in which something was wrong.</param>
/// <param name="Missed">Of which no alarm told.</param>
/// <param name="MedianDelaySeconds">From the beginning of an event to the end of the window that told of it; null when none did.</param>
/// <param name="LongestDelaySeconds">The longest of these delays.</param>
internal sealed record EventRow(
    string Rule, AlarmPriority Priority, double HealthyHours, int FalseAlarms, double? FalsePart, int Events, int Missed, double? MedianDelaySeconds,
    double? LongestDelaySeconds)
{
    /// <summary>False alarms in an hour of healthy operation; null without such.</summary>
    public double? FalseAlarmsPerHour => HealthyHours > 0 ? FalseAlarms / HealthyHours : null;

    /// <summary>Counts.</summary>
    /// <param name="rule">Where the limits come from.</param>
    /// <param name="priority">Least priority that counts.</param>
    /// <param name="quiet">Recordings to count false alarms in: whether each window is anomalous, and whether an alarm is in force after it.</param>
    /// <param name="eventful">Recordings to find events in.</param>
    /// <param name="hopSeconds">Seconds from one window to the next.</param>
    public static EventRow Of(
        string rule, AlarmPriority priority, IReadOnlyList<(bool[] IsAnomalous, bool[] IsAlarm)> quiet, IReadOnlyList<(bool[] IsAnomalous, bool[] IsAlarm)> eventful,
        double hopSeconds)
    {
        bool[] healthy = [.. quiet.SelectMany(one => one.IsAlarm.Where((_, i) => !one.IsAnomalous[i]))];
        int began = quiet.Sum(one => Enumerable.Range(0, one.IsAlarm.Length)
            .Count(i => one.IsAlarm[i] && !one.IsAnomalous[i] && (i == 0 || !one.IsAlarm[i - 1])));
        int?[] delays = [.. eventful.SelectMany(one => Delays(one.IsAnomalous, one.IsAlarm))];
        double[] found = [.. delays.OfType<int>().Order().Select(windows => windows * hopSeconds)];
        return new EventRow(
            rule, priority, healthy.Length * hopSeconds / 3600, began, healthy.Average(isAlarm => isAlarm ? 1.0 : (double?)0), delays.Length,
            delays.Count(delay => delay is null), found.Length == 0 ? null : found[(found.Length - 1) / 2], found.Length == 0 ? null : found[^1]);
    }

    /// <summary>For each event the windows until an alarm, which may have been in force before; null without one.</summary>
    private static IEnumerable<int?> Delays(bool[] isAnomalous, bool[] isAlarm)
    {
        int start = -1;
        bool isFound = false;
        for (int i = 0; i <= isAnomalous.Length; i++)
        {
            bool isEvent = i < isAnomalous.Length && isAnomalous[i];
            if (isEvent && start < 0)
            {
                (start, isFound) = (i, false);
            }

            if (isEvent && !isFound && isAlarm[i])
            {
                isFound = true;
                yield return i - start + 1;
            }

            if (!isEvent && start >= 0)
            {
                if (!isFound)
                {
                    yield return null;
                }

                start = -1;
            }
        }
    }
}
