using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class AlarmMonitorTests
{
    [Fact]
    public void It_follows_the_last_run_of_equal_verdicts_that_was_long_enough() =>
        Gen.Select(Gen.Int[0, 255], Gen.Int[1, 4], Gen.Int[0, 255].Array[0, 60]).Sample((threshold, windows, scores) =>
        {
            var monitor = new AlarmMonitor(threshold, windows);
            for (int n = 1; n <= scores.Length; n++)
            {
                bool before = monitor.IsRaised;
                Assert.Equal(monitor.Observe(scores[n - 1]), before != monitor.IsRaised);
                Assert.Equal(Expected(scores[..n], threshold, windows), monitor.IsRaised);
            }
        });

    [Fact]
    public void Without_a_threshold_there_is_never_an_alarm()
    {
        var monitor = new AlarmMonitor(OutputLayout.NoScore, 1);
        Assert.False(monitor.Observe(255));
        Assert.False(monitor.IsRaised);
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
