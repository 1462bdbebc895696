using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Proposal;

namespace NanoFormer.Search.Tests;

public sealed class TeachingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(0, false)]
    [InlineData(-0.01, false)]
    public async Task What_was_found_is_tried_with_teachers_of_its_own_kind_and_they_stay_where_they_pay(double gain, bool pays)
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(gain);

        var trials = await SearchAsync(Samples.Request(folder.Name), trainer);
        var finding = Finding.Of(trials)!;
        var taught = Assert.Single(trials, trial => trial.Origin == TrialOrigin.Taught);
        var jobs = trainer.Jobs.Where(job => job.Config.Distillation is not null).ToArray();
        var best = TrainingConfig.Load(folder.PathOf(SearchFiles.Best));

        Assert.Equal(finding.Found.Trial.Id, taught.Parent);
        Assert.All(jobs, job => Assert.Equal((taught.Id, 16, null), (job.Trial, job.Epochs, job.Start)));
        Assert.Equal(["bob", "ann", "dot"], jobs.Select(job => job.Config.Data.ValidationSubjects[0]));
        Assert.Equal(gain, finding.Taught!.Gain.Mean, 9);
        Assert.Equal(pays ? taught.Id : taught.Parent!.Value, finding.Best.Trial.Id);
        Assert.Equal(pays ? 4 : null, best.Distillation?.Teachers);
        Assert.Equal((best with { Distillation = null }).ToJson(), finding.Found.Trial.Config.ToJson());
        Assert.Equal(finding.Found.Trial.Config.Architecture, taught.Config.Distillation!.Architecture);
    }

    [Fact]
    public async Task A_configuration_with_teachers_keeps_them_and_no_trial_has_any()
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(gain: 0.01);
        var own = Teachers.Of(Samples.Config, 3);

        var trials = await SearchAsync(Samples.Request(folder.Name) with { Config = own }, trainer);

        Assert.All(trainer.Jobs, job => Assert.Null(job.Config.Distillation));
        Assert.DoesNotContain(trials, trial => trial.Origin == TrialOrigin.Taught);
        Assert.Equal(3, TrainingConfig.Load(folder.PathOf(SearchFiles.Best)).Distillation!.Teachers);
    }

    [Fact]
    public async Task Of_an_ensemble_one_network_is_trained_at_a_time_and_what_was_found_is_one_again()
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(gain: 0.01);

        await SearchAsync(Samples.Request(folder.Name) with { Config = Samples.Config with { Ensemble = 2 } }, trainer);

        Assert.All(trainer.Jobs, job => Assert.Equal(1, job.Config.Ensemble));
        Assert.Equal(2, TrainingConfig.Load(folder.PathOf(SearchFiles.Best)).Ensemble);
    }

    [Fact]
    public async Task A_search_that_goes_on_trains_nothing_twice_and_more_candidates_are_taken_beside_the_taught_one()
    {
        using var folder = new TemporaryFolder();
        var request = Samples.Request(folder.Name);
        await SearchAsync(request, Trainer(gain: 0.01));
        var again = Trainer(gain: 0.01);
        var more = Trainer(gain: 0.01);

        await SearchAsync(request, again);
        var trials = await SearchAsync(request with { Trials = 12 }, more);

        Assert.Empty(again.Jobs);
        Assert.Equal(12, trials.Count(trial => trial.IsCandidate));
        Assert.DoesNotContain(more.Jobs, job => job.Round == 0 && trials[job.Trial - 1].Origin == TrialOrigin.Taught);
    }

    [Fact]
    public async Task A_search_with_minutes_keeps_time_for_teachers_and_takes_as_many_as_fit()
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(gain: 0.01, job => Task.Delay(10 * job.Epochs * (1 + (job.Config.Distillation?.Teachers ?? 0)), Cancellation));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var trials = await SearchAsync(Samples.Request(folder.Name) with { Trials = 10_000, Epochs = 4, Minutes = 0.05, Jobs = 2 }, trainer);

        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 20);
        Assert.Equal(4, Assert.Single(trials, trial => trial.Origin == TrialOrigin.Taught).Config.Distillation!.Teachers);
    }

    [Fact]
    public async Task Teachers_give_way_where_two_parts_of_the_subjects_could_not_be_compared()
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(gain: 0.01, job => Task.Delay(88 * job.Epochs, Cancellation)); // of 6 s a whole training takes 1.4

        var trials = await SearchAsync(Samples.Request(folder.Name) with { Trials = 10_000, Epochs = 4, Minutes = 0.1, Jobs = 2 }, trainer);

        Assert.Equal(2, trials.Count(trial => trial.Whole.Count() == 2));
        Assert.Equal(2, Finding.Of(trials)!.Against!.Gain.Folds);
    }

    [Theory]
    [InlineData(2.5, 0)] // a single one says little
    [InlineData(2.61, 2)]
    [InlineData(3.5, 3)]
    [InlineData(100, 4)]
    public void Teachers_take_four_fifths_of_a_training_each(double trainings, int count) => Assert.Equal(count, Teachers.InTime(trainings));

    private static FakeTrainer Trainer(double gain, Func<Jobs.TrialJob, Task>? before = null) => new()
    {
        Before = before ?? (_ => Task.CompletedTask),
        Score = job => (0.5 * FakeTrainer.AccuracyOf(job.Config.Architecture)) + (job.Config.Distillation is null ? 0 : gain),
    };

    private static Task<IReadOnlyList<Trial>> SearchAsync(SearchRequest request, FakeTrainer trainer) =>
        SearchRun.ExecuteAsync(request, new FakeMeter(), trainer, cancellation: Cancellation);
}
