using NanoFormer.Data;

namespace NanoFormer.Evaluation.Tests;

public class InstallationLimitsTests
{
    [Fact]
    public void Limits_are_multiples_of_the_highest_score_but_no_lower_than_the_threshold_and_no_higher_than_a_score_can_be()
    {
        var limits = InstallationLimits.Learn(Windows("calm", "calm", "rough", "rough", "wild"), [1, 2, 9, 11, 200], alarmScore: 10, factor: 2.25);

        // 2 * 2.25 is below the threshold of 10; 11 * 2.25 = 24.75, of which the device keeps 24; 450 is more than 255.
        Assert.Equal([1, 0.5, 1, 2, 1], limits.Relative(Windows("calm", "calm", "rough", "rough", "wild"), [10, 5, 24, 48, 255]));
    }

    [Fact]
    public void Without_a_factor_the_threshold_is_the_limit_of_all() => Assert.Equal(
        [0.5, 2],
        InstallationLimits.Learn(Windows("a", "b"), [100, 0], alarmScore: 8, factor: 0).Relative(Windows("a", "b"), [4, 16]));

    [Fact]
    public void Windows_that_speak_for_samples_count_as_many()
    {
        var windows = Windows("a", "a").SpeakingFor([[0, 0, 0, 1], [1]]);

        var counts = AnomalyResult.Of(windows, [5, 1], alarmScore: 3)!.AtAlarm!;

        Assert.Equal(new DetectionCounts(TruePositives: 1, FalsePositives: 3, TrueNegatives: 0, FalseNegatives: 1), counts);
        Assert.Equal([[1]], windows.Take([1]).Spoken!);
        Assert.Equal([[0, 0, 0, 1], [1], [1]], windows.Concat(windows.Take([1])).Spoken!);
    }

    private static WindowSet Windows(params string[] subjects) => new()
    {
        WindowSamples = 1,
        RateHz = 1,
        Channels = [new ChannelInfo("a", "spread", 1)],
        ClassNames = ["NORMAL", "ANOMALY"],
        Samples = new short[subjects.Length],
        Labels = new int[subjects.Length],
        Subjects = subjects,
    };
}
