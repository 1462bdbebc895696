using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Tests;

public sealed class HalvingTests
{
    [Fact]
    public void Each_look_has_a_quarter_of_the_trials_and_four_times_the_epochs_and_then_the_best_are_trained_whole()
    {
        Assert.Equal([(32, 2, null), (8, 8, null), (2, 40, 0)], Rounds(32, 2, configuredEpochs: 40));
        Assert.Equal([(32, 10, null), (8, 40, 0)], Rounds(32, 10, configuredEpochs: 40));
        Assert.Equal([(9, 1, null), (3, 4, null), (2, 100, 0)], Rounds(9, 1, configuredEpochs: 100));
        Assert.Equal([(32, 80, null), (8, 40, 0)], Rounds(32, 80, configuredEpochs: 40));
    }

    [Fact]
    public void Finalists_are_judged_on_every_part_of_the_subjects()
    {
        Assert.Equal([(32, 10, null), (8, 40, 0), (3, 40, 1), (3, 40, 2)], Rounds(32, 10, configuredEpochs: 40, folds: 3));
        Assert.Equal([(900, 1, null), (225, 100, 0), (3, 100, 1)], Rounds(900, 1, configuredEpochs: 100, folds: 2, isOneLook: true));
    }

    [Fact]
    public void There_is_no_round_without_rivals()
    {
        Assert.Equal([(4, 1, null), (2, 100, 0)], Rounds(4, 1, configuredEpochs: 100));
        Assert.Equal([(1, 1, null)], Rounds(1, 1, configuredEpochs: 100, folds: 5));
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

    private static IEnumerable<(int, int, int?)> Rounds(int trials, int epochs, int configuredEpochs, int folds = 1, bool isOneLook = false) =>
        Halving.Rounds(trials, epochs, configuredEpochs, folds, isOneLook).Select(round => (round.Trials, round.Epochs, round.Fold));
}
