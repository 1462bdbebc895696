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
                ? new EventTable(RowsOf(rule.HasLimits ? "the baseline's limit" : "the model's threshold", recordings, recordings, _ => Machine.New, hopSeconds))
                : null;
        }

        var broken = faults.Scores.Faulty.SelectMany(ofKind => recordings.Zip(RecordedScores.Of(windows, ofKind, rule), (a, b) => a.WithFault(b))).ToArray();
        var rows = RowsOf("the model's threshold", recordings, broken, _ => Machine.New, hopSeconds);
        if (recordings.Count < 2)
        {
            return new EventTable(rows);
        }

        var machines = recordings.ToDictionary(recording => recording.Subject, recording => Machine.Of(
            recording.Limit, [.. recordings.Where(other => other.Subject != recording.Subject).SelectMany(other => other.Scores)]));
        return new EventTable([.. rows, .. RowsOf("the machine's own past", recordings, broken, recording => machines[recording.Subject], hopSeconds)]);
    }

    private static EventRow[] RowsOf(
        string rule, IReadOnlyList<RecordedScores> healthy, IReadOnlyList<RecordedScores> withEvents, Func<RecordedScores, Machine> machine, double hopSeconds)
    {
        var quiet = Replayed(healthy);
        var eventful = ReferenceEquals(healthy, withEvents) ? quiet : Replayed(withEvents);
        return
        [
            .. new[] { AlarmPriority.Notice, AlarmPriority.Warning, AlarmPriority.Alarm }
                .Where(priority => priority != AlarmPriority.Notice || machine(healthy[0]).Rules.LearningWindows > 0)
                .Select(priority => EventRow.Of(
                    rule, priority, Calls(quiet, priority), Calls(eventful, priority), hopSeconds)),
        ];

        (bool[] IsAnomalous, AlarmPriority[] Priorities)[] Replayed(IReadOnlyList<RecordedScores> recordings) =>
            [.. recordings.Select(recording => (recording.IsAnomalous, Replay(recording, machine(recording))))];
    }

    private static (bool[] IsAnomalous, bool[] IsAlarm)[] Calls((bool[] IsAnomalous, AlarmPriority[] Priorities)[] recordings, AlarmPriority least) =>
        [.. recordings.Select(one => (one.IsAnomalous, one.Priorities.Select(priority => priority >= least).ToArray()))];

    /// <summary>What the device says after each window, booted with what it learnt before.</summary>
    private static AlarmPriority[] Replay(RecordedScores recording, Machine machine)
    {
        var monitor = new AlarmMonitor(recording.Limit, machine.Rules);
        monitor.Restore(machine.History, modelCrc: 0);
        return [.. recording.Scores.Select(score =>
        {
            monitor.Observe(score);
            return monitor.Priority;
        })];
    }

    /// <summary>What a device knows when it boots.</summary>
    /// <param name="Rules">Its rules.</param>
    /// <param name="History">The scores that it learnt, as it keeps them.</param>
    private sealed record Machine(AlarmRules Rules, byte[] History)
    {
        /// <summary>A device that never ran.</summary>
        public static Machine New { get; } = Of(limit: 0, new AlarmRules(), []);

        /// <summary>A device that gave these scores; with a past shorter than it waits for, the rules are those that such a past can tell.</summary>
        public static Machine Of(int limit, int[] past)
        {
            var rules = new AlarmRules();
            rules.WarningRarity = Math.Min(rules.WarningRarity, past.Length);
            rules.NoticeRarity = Math.Min(rules.NoticeRarity, rules.WarningRarity);
            rules.LearningWindows = rules.WarningRarity;
            return Of(limit, rules, past);
        }

        private static Machine Of(int limit, AlarmRules rules, int[] past)
        {
            var monitor = new AlarmMonitor(limit, rules);
            foreach (int score in past)
            {
                monitor.Observe(score);
            }

            monitor.LearnPending();
            byte[] history = new byte[ScoreHistory.Bytes];
            monitor.History.Write(history, modelCrc: 0);
            return new Machine(rules, history);
        }
    }
}
