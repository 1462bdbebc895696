using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Tests;

public sealed class HalvingTests
{
    [Fact]
    public void Each_round_has_a_quarter_of_the_trials_and_four_times_the_epochs_and_the_last_one_those_configured()
    {
        Assert.Equal([(32, 2), (8, 8), (2, 40)], Halving.Rounds(32, 2, configuredEpochs: 40));
        Assert.Equal([(32, 10), (8, 40)], Halving.Rounds(32, 10, configuredEpochs: 40));
        Assert.Equal([(9, 1), (3, 4), (2, 100)], Halving.Rounds(9, 1, configuredEpochs: 100));
    }

    [Fact]
    public void There_is_no_round_without_rivals_nor_of_more_epochs_than_configured()
    {
        Assert.Equal([(4, 1), (2, 100)], Halving.Rounds(4, 1, configuredEpochs: 100));
        Assert.Equal([(1, 1)], Halving.Rounds(1, 1, configuredEpochs: 100));
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

    [Fact]
    public void The_trial_that_the_search_was_given_goes_on_however_bad_it_is()
    {
        Standing[] standings =
        [
            .. Enumerable.Range(1, 12).Select(id => Samples.Trial(id, id / 12.0, 10 * id, id) with { Origin = id == 1 ? TrialOrigin.Given : TrialOrigin.Random })
                .Select(trial => trial with { Costs = trial.Costs with { ImageBytes = 100, Instructions = 100 } })
                .Select(trial => new Standing(trial, trial.Longest!.Score!)),
        ];

        Assert.Equal([12, 11, 1], Halving.Promote(standings).Select(one => one.Trial.Id));
        Assert.Equal([12, 1], Halving.Promote(standings, 2).Select(one => one.Trial.Id));
    }

    [Fact]
    public void What_is_hardly_better_than_the_given_trial_does_not_replace_it()
    {
        static Standing Of(int id, double accuracy, TrialOrigin origin) =>
            Samples.Trial(id, accuracy, 10, 10) with { Origin = origin } is var trial ? new Standing(trial, trial.Longest!.Score!) : null!;

        Assert.Equal(1, Standing.Winner([Of(1, 0.9, TrialOrigin.Given), Of(2, 0.904, TrialOrigin.Random)]).Trial.Id);
        Assert.Equal(2, Standing.Winner([Of(1, 0.9, TrialOrigin.Given), Of(2, 0.906, TrialOrigin.Random)]).Trial.Id);
        Assert.Equal(2, Standing.Winner([Of(3, 0.9, TrialOrigin.Random), Of(2, 0.904, TrialOrigin.Random)]).Trial.Id);
    }
}
