using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class AlarmMonitorTests
{
    [Fact]
    public void It_follows_the_last_run_of_equal_verdicts_that_was_long_enough() =>
        Gen.Select(Gen.Int[0, 255], Gen.Int[1, 4], Gen.Int[0, 255].Array[0, 60]).Sample((threshold, windows, scores) =>
        {
            var monitor = new AlarmMonitor(threshold, new AlarmRules { Windows = windows, LastingWindows = 4 });
            for (int n = 1; n <= scores.Length; n++)
            {
                var before = monitor.Priority;
                Assert.Equal(monitor.Observe(scores[n - 1]), before != monitor.Priority);
                Assert.Equal(Expected(scores[..n], threshold, windows), monitor.IsRaised);
            }
        });

    [Fact]
    public void It_goes_on_from_its_state_and_says_so_once()
    {
        var before = new AlarmMonitor(100, new AlarmRules());
        foreach (int score in Enumerable.Repeat(200, 40))
        {
            before.Observe(score);
        }

        Assert.Equal(63, before.State); // an alarm, and 15 windows: no more are told
        var after = new AlarmMonitor(100, new AlarmRules());
        after.Resume(before.State);
        Assert.Equal([true, false], new[] { after.Observe(200), after.Observe(200) });
        Assert.Equal(AlarmPriority.Alarm, after.Priority);
    }

    [Fact]
    public void Without_a_threshold_there_is_never_an_alarm()
    {
        var monitor = new AlarmMonitor(OutputLayout.NoScore, new AlarmRules { Windows = 1 });
        Assert.False(monitor.Observe(255));
        Assert.False(monitor.IsRaised);
    }

    [Fact]
    public void A_warning_that_lasts_is_an_alarm_and_ends_by_way_of_a_notice()
    {
        var monitor = Learnt(new AlarmRules { Windows = 2, LastingWindows = 4, LearningWindows = 1000 });
        int notice = monitor.NoticeLimit, warning = monitor.WarningLimit;

        int[] scores = [notice, notice, warning, warning, warning, notice, warning, warning, warning, warning, notice, notice, 0, 0];
        var priorities = scores.Select(score =>
        {
            monitor.Observe(score);
            return monitor.Priority;
        });

        Assert.True(notice < warning);
        Assert.Equal(
        [
            AlarmPriority.None, AlarmPriority.Notice, AlarmPriority.Notice, AlarmPriority.Warning, AlarmPriority.Warning, AlarmPriority.Warning,
            AlarmPriority.Warning, AlarmPriority.Warning, AlarmPriority.Warning, AlarmPriority.Alarm, AlarmPriority.Alarm, AlarmPriority.Notice,
            AlarmPriority.Notice, AlarmPriority.None,
        ], priorities);
    }

    [Fact]
    public void On_a_healthy_machine_one_window_in_n_is_as_rare_as_1_in_n()
    {
        var monitor = new AlarmMonitor(60, new AlarmRules { Windows = 2, LearningWindows = 1000, NoticeRarity = 50 });
        var random = new Random(5);
        var (seldom, raised, judged) = (0, 0, 0);
        for (int i = 0; i < 40_000; i++)
        {
            monitor.Observe(Healthy(random));
            if (monitor.HasLearnt)
            {
                judged++;
                seldom += monitor.Rarity >= 50 ? 1 : 0;
                raised += monitor.IsRaised ? 1 : 0;
            }
        }

        Assert.InRange((double)seldom / judged, 0.012, 0.02); // at most, because scores are whole numbers
        Assert.InRange(raised, 0, 4);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(1_000_000, false)] // without the bound the fault is learnt as it grows
    public void A_fault_that_grows_slowly_is_not_learnt_for_good(int highestPermille, bool isFound)
    {
        var monitor = new AlarmMonitor(60, new AlarmRules { LearningWindows = 1000, HighestLimitPermille = highestPermille });
        var random = new Random(7);
        bool wasRaised = false;
        for (int i = 0; i < 200_000; i++)
        {
            int fault = i < 2000 ? 0 : Math.Min((i - 2000) / 1000, 120); // a step of the score each 1,000 windows
            monitor.Observe(Math.Min(Healthy(random) + fault, 250));
            wasRaised |= monitor.Priority == AlarmPriority.Alarm;
        }

        Assert.Equal(isFound, wasRaised);
        Assert.Equal(isFound, monitor.IsRaised);
    }

    [Fact]
    public void A_warning_is_not_learnt_from()
    {
        var monitor = Learnt(new AlarmRules { LearningWindows = 1000 });
        int limit = monitor.WarningLimit;

        foreach (int _ in Enumerable.Range(0, 5000))
        {
            monitor.Observe(200);
        }

        Assert.Equal(AlarmPriority.Alarm, monitor.Priority);
        Assert.Equal(1001, monitor.History.Count);
        Assert.Equal(1002, monitor.History.RarityOf(200)); // none of them
        Assert.Equal(limit, monitor.WarningLimit);

        foreach (int _ in Enumerable.Range(0, 2))
        {
            monitor.Observe(0);
        }

        monitor.LearnPending();
        Assert.Equal(AlarmPriority.None, monitor.Priority);
        Assert.Equal(1002, monitor.History.Count); // the last, after which there was no warning
        Assert.Equal(1003, monitor.History.RarityOf(200));
    }

    [Fact]
    public void A_window_is_learnt_once()
    {
        var monitor = new AlarmMonitor(60, new AlarmRules { LearningWindows = 1000 });
        monitor.Observe(10);
        monitor.LearnPending();
        monitor.LearnPending();
        monitor.Observe(10);

        Assert.Equal(1, monitor.History.Count);
    }

    [Fact]
    public void After_a_repair_it_learns_from_nothing()
    {
        var monitor = Learnt(new AlarmRules { LearningWindows = 1000 });
        Assert.NotEqual(60, monitor.WarningLimit);
        monitor.Observe(1);

        monitor.Learn();

        Assert.False(monitor.HasLearnt);
        Assert.Equal((60, 60), (monitor.NoticeLimit, monitor.WarningLimit));
        monitor.Observe(2);
        Assert.Equal(0, monitor.History.Count); // neither that before the repair nor, as yet, the last
    }

    [Fact]
    public void Rules_out_of_range_are_refused()
    {
        AlarmRules[] bad =
        [
            new() { Windows = 0 }, new() { LastingWindows = 1 }, new() { LearningWindows = -1 }, new() { LearningWindows = 65_536 },
            new() { LearningWindows = 999 }, new() { NoticeRarity = 0 }, new() { NoticeRarity = 2000 }, new() { HighestLimitPermille = -1 },
            new() { WindowsBetweenWrites = 0 },
        ];
        Assert.All(bad, rules => Assert.Throws<ArgumentOutOfRangeException>(() => new AlarmMonitor(60, rules)));
    }

    [Fact]
    public void The_layout_takes_the_largest_of_the_scores_and_scales_the_threshold_with_it()
    {
        var layout = new OutputLayout(2, 4, -100);
        Assert.Equal(28, layout.AlarmScore);
        Assert.Equal(133, layout.ScoreOf([127, 127, -128, 5]));
        Assert.Equal(OutputLayout.NoScore, new OutputLayout(2, 2, -100).ScoreOf([1, 2]));
        Assert.Equal(OutputLayout.NoScore, new OutputLayout(2, 2, -100).AlarmScore);
        Assert.Equal(OutputLayout.NoScore, new OutputLayout(2, 4, OutputLayout.NoAlarm).AlarmScore);
    }

    private static int Healthy(Random random) => 20 + (int)(8 * Math.Log(1 / (1 - random.NextDouble())));

    private static AlarmMonitor Learnt(AlarmRules rules)
    {
        var monitor = new AlarmMonitor(60, rules);
        for (int i = 0; i < 1000; i++)
        {
            monitor.Observe(i % 200 == 0 ? 55 : 10 + (i % 40));
        }

        monitor.Observe(0);
        Assert.True(monitor.HasLearnt);
        return monitor;
    }

    // From the newest back: the first stretch of n equal verdicts decides; at the start there was none.
    private static bool Expected(int[] scores, int threshold, int windows)
    {
        bool[] verdicts = scores.Select(s => s >= threshold).ToArray();
        for (int end = verdicts.Length; end >= windows; end--)
        {
            bool[] stretch = verdicts[(end - windows)..end];
            if (stretch.Distinct().Count() == 1)
            {
                return stretch[0];
            }
        }

        return false;
    }
}
