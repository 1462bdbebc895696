using NanoFormer.Cli.Evaluation;
using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Evaluation;

public class EventTableTests
{
    private const double HopSeconds = 10;

    [Fact]
    public void Alarms_are_counted_by_hand()
    {
        //                  healthy          event        event      healthy
        bool[] anomalous = [false, false, false, true, true, true, false, true, true, false, false];
        bool[] alarms = [true, false, true, true, false, false, false, false, false, true, true];

        var row = EventRow.Of("rule", AlarmPriority.Warning, [(anomalous, alarms)], [(anomalous, alarms)], HopSeconds);

        Assert.Equal(60.0 / 3600, row.HealthyHours, 9);
        Assert.Equal(3, row.FalseAlarms); // at 0, 2 and 9
        Assert.Equal(180, row.FalseAlarmsPerHour!.Value, 6);
        Assert.Equal(4.0 / 6, row.FalsePart!.Value, 9);
        Assert.Equal((2, 1), (row.Events, row.Missed));
        Assert.Equal((10, 10), (row.MedianDelaySeconds, row.LongestDelaySeconds)); // in force since before, known at the end of the first window
    }

    [Fact]
    public void An_event_that_lasts_to_the_end_is_one()
    {
        var row = EventRow.Of("rule", AlarmPriority.Alarm, [([false, true], [false, false])], [([false, true, true], [false, false, true]), ([true], [false])], HopSeconds);

        Assert.Equal((2, 1, 20), (row.Events, row.Missed, row.MedianDelaySeconds));
    }

    [Fact]
    public void Without_a_healthy_window_there_are_events_but_no_false_alarms()
    {
        var windows = Windows([1, 1, 1], ["a", "a", "a"]);

        var row = EventTable.Measure(windows, [9, 9, 9], faults: null, AlarmRule.At(5), HopSeconds)!.Rows[0];

        Assert.Equal((0, 1, 0), (row.FalseAlarms, row.Events, row.Missed));
        Assert.Null(row.FalsePart);
        Assert.Null(row.FalseAlarmsPerHour);
    }

    /// <summary>Two windows in a row at the threshold are a warning, on the second one.</summary>
    [Fact]
    public void Labelled_recordings_are_replayed_by_the_rule_of_the_device()
    {
        var windows = Windows([0, 0, 0, 1, 1, 1, 0, 0], ["a", "a", "a", "a", "a", "a", "b", "b"]);

        var table = EventTable.Measure(windows, [9, 1, 2, 9, 9, 9, 9, 9], faults: null, AlarmRule.At(5), HopSeconds)!;

        var warning = table.Rows[0];
        Assert.Equal(["the model's threshold", "the model's threshold"], table.Rows.Select(row => row.Rule));
        Assert.Equal((AlarmPriority.Warning, 1, 1, 0, 20), (warning.Priority, warning.FalseAlarms, warning.Events, warning.Missed, warning.MedianDelaySeconds));
        Assert.Equal((AlarmPriority.Alarm, 0, 1), (table.Rows[1].Priority, table.Rows[1].FalseAlarms, table.Rows[1].Missed));
        Assert.Null(EventTable.Measure(windows, [], faults: null, AlarmRule.At(null), HopSeconds));
    }

    /// <summary>Machines whose healthy scores reach the model's threshold, but not what they reach with a fault.</summary>
    [Fact]
    public void The_machines_own_past_quietens_what_the_models_threshold_does_not()
    {
        const int Each = 60;
        var windows = Windows(new int[4 * Each], [.. Enumerable.Range(0, 4 * Each).Select(i => $"{i / Each}")]);
        double[] healthy = [.. Enumerable.Range(0, 4 * Each).Select(i => 30.0 + (i * 7 % 25))];
        double[] faulty = [.. healthy.Select(score => score + 60)];
        var faults = new FaultTable(4 * Each, [new FaultRow("bias", 1, 1)], new FaultRow("all kinds", 1, 1)) { Scores = (healthy, [faulty]) };

        var table = EventTable.Measure(windows, healthy, faults, AlarmRule.At(40), HopSeconds)!;

        var byModel = table.Rows.First(row => row is { Rule: "the model's threshold", Priority: AlarmPriority.Warning });
        var byPast = table.Rows.First(row => row is { Rule: "the machine's own past", Priority: AlarmPriority.Warning });
        Assert.True(byModel.FalseAlarms > 4);
        Assert.Equal((0, 4, 0, 2 * HopSeconds), (byPast.FalseAlarms, byPast.Events, byPast.Missed, byPast.MedianDelaySeconds));
    }

    private static WindowSet Windows(int[] labels, string[] subjects) => new()
    {
        WindowSamples = 1,
        RateHz = 1,
        Channels = [new ChannelInfo("x", "g", 1)],
        ClassNames = ["normal", "anomaly"],
        Samples = new short[labels.Length],
        Labels = labels,
        Subjects = subjects,
    };
}
