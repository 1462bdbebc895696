namespace NanoFormer.Evaluation.Tests;

public sealed class DetectionCountsTests
{
    [Fact]
    public void Rates_are_those_worked_out_by_hand()
    {
        var counts = DetectionCounts.Of(
            [true, true, true, false, false, false, false, false],
            [true, true, false, true, false, false, false, false]);

        Assert.Equal(new DetectionCounts(2, 1, 4, 1), counts);
        Assert.Equal(2.0 / 3, counts.Precision, 12);
        Assert.Equal(2.0 / 3, counts.Recall, 12);
        Assert.Equal(2.0 / 3, counts.F1, 12);
        Assert.Equal(0.2, counts.FalseAlarmRate, 12);
        Assert.Equal(1.0 / 3, counts.MissRate, 12);
    }

    /// <summary>One recording with F1 = 1 on a single window, one with 2 * 1 / (2 + 3 + 2): together 2 * 2 / (4 + 3 + 2).</summary>
    [Fact]
    public void Pooled_f1_is_not_the_mean_of_the_parts()
    {
        var pooled = DetectionCounts.Pool([new DetectionCounts(1, 0, 0, 0), new DetectionCounts(1, 3, 5, 2)]);

        Assert.Equal(new DetectionCounts(2, 3, 5, 2), pooled);
        Assert.Equal(4.0 / 9, pooled.F1, 12);
    }
}
