using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Evaluation;

/// <summary>What whoever listens to the device's alarms would have heard: whole recordings, replayed by the firmware's own rule.</summary>
/// <param name="Rows">By rule and priority.</param>
internal sealed record EventTable(IReadOnlyList<EventRow> Rows)
{
    /// <summary>Replays recordings; null where there is nothing to be found in them.</summary>
    /// <param name="windows">The windows of the recordings, in order.</param>
    /// <param name="scores">The score of each, in the model's own steps.</param>
    /// <param name="faults">The same with injected faults; null without such. Each begins in the middle of each recording.</param>
    /// <param name="rule">The model's threshold, or the limits of installations.</param>
    /// <param name="hopSeconds">Seconds from one window to the next.</param>
    public static EventTable? Measure(WindowSet windows, double[] scores, FaultTable? faults, AlarmRule rule, double hopSeconds)
    {
        if (rule.Threshold is null || scores.Length == 0)
        {
            return null;
        }

        var recordings = RecordedScores.Of(windows, scores, rule);
        if (rule.HasLimits || faults is null)
        {
            return recordings.Any(recording => recording.IsAnomalous.Contains(true))
                ? new EventTable(RowsOf(rule.HasLimits ? "the baseline's limit" : "the model's threshold", recordings, recordings, _ => ([], new AlarmRules()), hopSeconds))
                : null;
        }

        var broken = faults.Scores.Faulty.SelectMany(ofKind => recordings.Zip(RecordedScores.Of(windows, ofKind, rule), (a, b) => a.WithFault(b))).ToArray();
        var rows = RowsOf("the model's threshold", recordings, broken, _ => ([], new AlarmRules()), hopSeconds);
        return new EventTable(recordings.Count < 2 ? rows : [.. rows, .. RowsOf("the machine's own past", recordings, broken, PastOf, hopSeconds)]);

        (int[] Past, AlarmRules Rules) PastOf(RecordedScores recording)
        {
            int[] past = [.. recordings.Where(other => other.Subject != recording.Subject).SelectMany(other => other.Scores)];
            return (past, RulesFor(past.Length));
        }
    }

    /// <summary>The device's rules; with a shorter past than it waits for, those that such a past can tell.</summary>
    private static AlarmRules RulesFor(int past)
    {
        var rules = new AlarmRules();
        rules.WarningRarity = Math.Min(rules.WarningRarity, past);
        rules.NoticeRarity = Math.Min(rules.NoticeRarity, rules.WarningRarity);
        rules.LearningWindows = rules.WarningRarity;
        return rules;
    }

    private static EventRow[] RowsOf(
        string rule, IReadOnlyList<RecordedScores> healthy, IReadOnlyList<RecordedScores> withEvents, Func<RecordedScores, (int[] Past, AlarmRules Rules)> past, double hopSeconds)
    {
        var quiet = Replayed(healthy);
        var eventful = ReferenceEquals(healthy, withEvents) ? quiet : Replayed(withEvents);
        return
        [
            .. new[] { AlarmPriority.Notice, AlarmPriority.Warning, AlarmPriority.Alarm }
                .Where(priority => priority != AlarmPriority.Notice || past(healthy[0]).Rules.LearningWindows > 0)
                .Select(priority => EventRow.Of(
                    rule, priority, Calls(quiet, priority), Calls(eventful, priority), hopSeconds)),
        ];

        (bool[] IsAnomalous, AlarmPriority[] Priorities)[] Replayed(IReadOnlyList<RecordedScores> recordings) =>
            [.. recordings.Select(recording => (recording.IsAnomalous, Replay(recording, past(recording))))];
    }

    private static (bool[] IsAnomalous, bool[] IsAlarm)[] Calls((bool[] IsAnomalous, AlarmPriority[] Priorities)[] recordings, AlarmPriority least) =>
        [.. recordings.Select(one => (one.IsAnomalous, one.Priorities.Select(priority => priority >= least).ToArray()))];

    /// <summary>What the device says after each window, booted with what it learnt before.</summary>
    private static AlarmPriority[] Replay(RecordedScores recording, (int[] Past, AlarmRules Rules) machine)
    {
        var earlier = new AlarmMonitor(recording.Limit, machine.Rules);
        foreach (int score in machine.Past)
        {
            earlier.Observe(score);
        }

        earlier.LearnPending();

        byte[] kept = new byte[ScoreHistory.Bytes];
        earlier.History.Write(kept, modelCrc: 0);
        var monitor = new AlarmMonitor(recording.Limit, machine.Rules);
        monitor.Restore(kept, modelCrc: 0);
        return [.. recording.Scores.Select(score =>
        {
            monitor.Observe(score);
            return monitor.Priority;
        })];
    }
}
