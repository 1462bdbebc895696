using NanoFormer.Search.Evolution;

namespace NanoFormer.Search.Tests;

public sealed class HalvingTests
{
    [Fact]
    public void Each_round_has_a_quarter_of_the_trials_and_four_times_the_epochs()
    {
        Assert.Equal([(32, 2), (8, 8), (2, 32)], Halving.Rounds(32, 2, configuredEpochs: 40));
        Assert.Equal([(32, 5), (8, 20)], Halving.Rounds(32, 5, configuredEpochs: 40));
        Assert.Equal([(9, 1), (3, 4)], Halving.Rounds(9, 1, configuredEpochs: 100));
    }

    [Fact]
    public void There_is_no_round_without_rivals_nor_of_more_epochs_than_configured()
    {
        Assert.Equal([(4, 1)], Halving.Rounds(4, 1, configuredEpochs: 100));
        Assert.Equal([(32, 40)], Halving.Rounds(32, 40, configuredEpochs: 40));
        Assert.Equal([(32, 80)], Halving.Rounds(32, 80, configuredEpochs: 40));
    }

    [Fact]
    public void The_front_goes_on_before_anything_else()
    {
        Standing[] standings =
        [
            .. new[] { (1, 0.5, 10), (2, 0.9, 40), (3, 0.8, 50), (4, 0.7, 20), (5, 0.6, 60), (6, 0.4, 40), (7, 0.3, 70), (8, 0.2, 80) }
                .Select(one => Samples.Trial(one.Item1, one.Item2, one.Item3, one.Item3))
                .Select(trial => new Standing(trial, trial.Longest!.Score!)),
        ];

        Assert.Equal([2, 4], Halving.Promote(standings).Select(one => one.Trial.Id));
    }
}
