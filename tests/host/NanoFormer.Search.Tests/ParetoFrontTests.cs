using CsCheck;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Tests;

public sealed class ParetoFrontTests
{
    private static readonly Gen<Standing[]> Standings =
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 5], Gen.Int[1, 5]).Array[1, 20].Select(items => items
            .Select((item, i) => StandingOf(Samples.Trial(i + 1, item.Item1 / 5.0, item.Item2, item.Item3))).ToArray());

    [Fact]
    public void A_known_front_is_found()
    {
        Trial[] trials =
        [
            Samples.Trial(1, 0.90, 100, 100),
            Samples.Trial(2, 0.95, 200, 150),
            Samples.Trial(3, 0.94, 250, 150), // no better than 2 in anything
            Samples.Trial(4, 0.85, 120, 50),
            Samples.Trial(5, 0.80, 130, 60), // no better than 4
        ];

        Assert.Equal([2, 1, 4], ParetoFront.Of([.. trials.Select(StandingOf)]).Select(one => one.Trial.Id));
        Assert.Equal([2, 1, 4, 3, 5], ParetoFront.Sort([.. trials.Select(StandingOf)]).Select(one => one.Trial.Id));
    }

    [Fact]
    public void Whatever_is_not_on_the_front_is_dominated_by_what_is() => Standings.Sample(standings =>
    {
        var front = ParetoFront.Of(standings);
        var ids = front.Select(one => one.Trial.Id).ToHashSet();

        Assert.All(standings, one => Assert.NotEqual(ids.Contains(one.Trial.Id), front.Any(other => other.Dominates(one))));
    });

    [Fact]
    public void Sorting_loses_nothing_and_puts_no_trial_before_a_better_one() => Standings.Sample(standings =>
    {
        Standing[] sorted = [.. ParetoFront.Sort(standings)];

        Assert.Equal(standings.Select(one => one.Trial.Id), sorted.Select(one => one.Trial.Id).Order());
        Assert.All(sorted.Index(), one => Assert.DoesNotContain(sorted.Skip(one.Index), later => later.Dominates(one.Item)));
    });

    private static Standing StandingOf(Trial trial) => new(trial, trial.Longest!.Score!);
}
