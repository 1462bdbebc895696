using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Tests;

public sealed class ComparisonTests
{
    private static readonly double[] Given = [0.90, 0.80, 0.85, 0.88, 0.82];

    [Fact]
    public void The_error_is_that_of_the_differences_corrected_for_what_the_trainings_share()
    {
        var gain = Comparison.Of(Trial(1, Given), Trial(2, [0.92, 0.81, 0.88, 0.90, 0.84])).Gain;

        Assert.Equal((5, 0.02), (gain.Folds, Math.Round(gain.Mean, 9)));
        Assert.Equal(Math.Sqrt(0.00005 * 0.45), gain.Error, 9); // differences of 2, 1, 3, 2, 2 points; 1/5 + 1/4
        Assert.True(gain.IsBetter);
    }

    [Theory]
    [InlineData(0.99, 0.80, 0.85, 0.88, 0.80)] // much better on one part alone
    [InlineData(0.904, 0.804, 0.854, 0.884, 0.824)] // surely, but hardly
    [InlineData(0.80, 0.70, 0.75, 0.78, 0.72)]
    public void What_is_better_by_chance_or_hardly_does_not_replace_the_given_trial(params double[] accuracies)
    {
        var finding = Finding.Of([Trial(1, Given), Trial(2, accuracies)])!;

        Assert.Equal(1, finding.Best.Trial.Id);
        Assert.Equal((2, false), (finding.Against!.Trial.Id, finding.Against.Gain.IsBetter));
    }

    [Fact]
    public void What_is_better_on_most_parts_does_and_of_several_the_surest()
    {
        var finding = Finding.Of([Trial(1, Given), Trial(2, [0.93, 0.82, 0.88, 0.91, 0.85]), Trial(3, [0.99, 0.80, 0.95, 0.89, 0.83])])!;

        Assert.Equal(2, finding.Best.Trial.Id);
    }

    [Fact]
    public void A_search_that_ended_early_keeps_the_given_trial_and_compares_only_what_both_were_judged_on()
    {
        Assert.Equal(1, Finding.Of([Trial(1, Given[..1]), Trial(2, [0.99])])!.Best.Trial.Id);
        Assert.Equal(1, Finding.Of([Trial(1, Given[..1]), Trial(2, [0.99, 0.99])])!.Best.Trial.Id);
        Assert.Equal(3, Finding.Of([Trial(1, Given), Trial(2, [0.99]), Trial(3, [0.93, 0.83, 0.88])])!.Best.Trial.Id);
    }

    [Fact]
    public void Without_a_given_trial_the_best_is_found()
    {
        var finding = Finding.Of([Trial(2, [0.9, 0.8]), Trial(3, [0.85, 0.9])])!;

        Assert.Equal((3, null), (finding.Best.Trial.Id, finding.Against));
        Assert.Null(Finding.Of([Trial(2, []) with { Trainings = [] }]));
    }

    private static Trial Trial(int id, double[] accuracies) => Samples.Trial(id, 0.5, 10, 10) with
    {
        Origin = id == 1 ? TrialOrigin.Given : TrialOrigin.Random,
        Trainings =
        [
            new TrialTraining(0, 1, new TrialScore(0.5, 0.5, 0.5), 1, null),
            .. accuracies.Select((accuracy, fold) => new TrialTraining(1 + fold, 4, new TrialScore(accuracy, accuracy, accuracy), 1, null, fold)),
        ],
    };
}
