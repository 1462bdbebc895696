using System.Xml.Linq;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Tests;

public sealed class SearchRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evolution_comes_near_the_optimum_and_outdoes_chance()
    {
        using var folder = new TemporaryFolder();

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 120, Epochs = 16 }, new FakeTrainer());
        double chance = trials.Where(trial => trial is { OverBudget: null, Origin: TrialOrigin.Random }).Max(Accuracy);
        var best = trials.Where(trial => trial.OverBudget is null).MaxBy(Accuracy)!;

        Assert.Equal(TrialOrigin.Given, trials[0].Origin);
        Assert.Equal(TrialOrigin.Mutation, best.Origin);
        Assert.True(Accuracy(best) > chance);
        Assert.InRange(Accuracy(best), 0.9, 1);
        Assert.All(trials.Where(trial => trial.Origin == TrialOrigin.Mutation), trial => Assert.True(trial.Parent < trial.Id));
    }

    [Fact]
    public async Task Candidates_over_budget_are_recorded_but_not_trained()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer();
        var budget = new DeviceBudget(8000, 3000, 70_000);

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 20, Budget = budget }, trainer);

        Assert.Contains(trials, trial => trial.OverBudget is not null);
        Assert.All(trials, trial => Assert.Equal(budget.Excess(trial.Costs), trial.OverBudget));
        Assert.Equal(20, trials.Count(trial => trial.IsCandidate));
        Assert.All(trials, trial => Assert.Equal(trial.OverBudget is null, trainer.Jobs.Any(job => job.Trial == trial.Id)));
        Assert.Equal(trials.Count, trials.Select(trial => trial.Config.ToJson()).Distinct().Count());
    }

    [Fact]
    public async Task The_best_configuration_says_that_its_image_is_packed_and_packing_makes_no_other_candidate()
    {
        using var folder = new TemporaryFolder();
        var request = Samples.Request(folder.Name) with { Trials = 20 };

        var trials = await SearchRun.ExecuteAsync(request, new FakeMeter(pack: true), new FakeTrainer(), cancellation: Cancellation);
        var more = await SearchRun.ExecuteAsync(request with { Trials = 40 }, new FakeMeter(pack: false), new FakeTrainer(), cancellation: Cancellation);

        Assert.All(trials, trial => Assert.True(trial.Config.Pack));
        Assert.All(more.Skip(trials.Count), trial => Assert.False(trial.Config.Pack));
        Assert.Equal(more.Count, more.Select(trial => (trial.Config with { Pack = false }).ToJson()).Distinct().Count());
        Assert.Equal(Finding.Of(more)!.Best.Trial.Config.Pack, TrainingConfig.Load(folder.PathOf(SearchFiles.Best)).Pack);
    }

    [Fact]
    public async Task The_best_quarter_is_trained_longer()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer();

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 16, Epochs = 2 }, trainer);
        var longer = trials.Where(trial => trial.IsCandidate && trial.InRound(1) is not null).ToArray();

        Assert.Equal(4, longer.Length);
        Assert.All(longer, trial => Assert.Equal(16, trial.Longest!.Epochs));
        Assert.Contains(trials.Where(trial => trial.IsCandidate).MaxBy(Accuracy), longer);
        Assert.Equal(16 + 4 + 3 + 3 + 3, trainer.Jobs.Count); // at last with teachers
    }

    [Fact]
    public async Task Finalists_and_the_start_are_trained_whole_from_random_weights_for_each_part_of_the_subjects()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer();

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 16, Epochs = 2 }, trainer);
        var whole = trainer.Jobs.Where(job => job.Round >= 1).ToArray();

        Assert.All(whole, job => Assert.Equal((16, null), (job.Epochs, job.Start)));
        Assert.Equal(["bob", "ann", "dot"], whole.Where(job => job.Trial == 1).Select(job => Assert.Single(job.Config.Data.ValidationSubjects)));
        Assert.Equal(3, trials.Count(trial => trial.IsCandidate && trial.Whole.Count() == 3));
        Assert.All(trainer.Jobs.Where(job => job.Round == 0), job => Assert.Equal(["bob"], job.Config.Data.ValidationSubjects));
    }

    [Theory]
    [InlineData(0.95, 0.70, true)] // knows the first part better, and nobody else: the one that all candidates were chosen by
    [InlineData(0.83, 0.84, false)]
    public async Task What_is_found_must_be_better_on_the_other_parts_too(double onFirst, double onOthers, bool isStart)
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer
        {
            Score = job => job.Trial == 1 ? 0.8 : job.Config.Data.ValidationSubjects[0] == "bob" ? onFirst : onOthers,
        };

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 16, Epochs = 2 }, trainer);

        Assert.Equal(isStart, Finding.Of(trials)!.Best.Trial.Id == 1);
        Assert.Equal(isStart, TrainingConfig.Load(folder.PathOf(SearchFiles.Best)).ToJson() == Samples.Config.ToJson());
    }

    [Fact]
    public async Task A_mutation_starts_with_its_parents_weights()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer();

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 30, Epochs = 16 }, trainer);
        var bred = trials.Where(trial => trial is { Origin: TrialOrigin.Mutation, OverBudget: null }).ToArray();

        Assert.NotEmpty(bred);
        Assert.Null(trainer.Jobs[0].Start);
        Assert.All(bred, trial => Assert.Equal([(byte)trial.Parent!], trainer.Jobs.Single(job => (job.Trial, job.Round) == (trial.Id, 0)).Start!));
    }

    [Fact]
    public async Task A_search_with_minutes_ends_in_time_and_trains_the_start_and_a_rival_to_the_end()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer { Before = job => Task.Delay(10 * job.Epochs, Cancellation) };
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var trials = await Search(Samples.Request(folder.Name) with { Trials = 10_000, Epochs = 4, Minutes = 0.05 }, trainer);

        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 20);
        Assert.True(trials.Count(trial => trial.OverBudget is null) > 2);
        Assert.Contains(trainer.Jobs, job => job is { Trial: 1, Round: 1, Epochs: 16 });
        Assert.True(trainer.Jobs.Count(job => job.Round == 1) >= 2);
        Assert.All(trials, trial => Assert.True(trial.Costs.Macs <= 3 * trials[0].Costs.Macs)); // what trains slowly would take the others' time
    }

    [Fact]
    public async Task The_order_in_which_trainings_end_changes_nothing()
    {
        using var quick = new TemporaryFolder();
        using var slow = new TemporaryFolder();
        var random = new Random(5);
        var steady = new FakeTrainer();
        var unsteady = new FakeTrainer { Before = _ => Task.Delay(random.Next(8), Cancellation) };

        var first = await Search(Samples.Request(quick.Name) with { Trials = 30, Jobs = 3 }, steady);
        var second = await Search(Samples.Request(slow.Name) with { Trials = 30, Jobs = 3 }, unsteady);

        Assert.Equal(first.Select(Text), second.Select(Text));
    }

    [Fact]
    public async Task As_many_trainings_run_at_a_time_as_asked_for()
    {
        using var folder = new TemporaryFolder();
        int begun = 0;
        var allBegun = new TaskCompletionSource();
        var trainer = new FakeTrainer
        {
            Before = _ =>
            {
                if (Interlocked.Increment(ref begun) == 3)
                {
                    allBegun.SetResult();
                }

                return allBegun.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
            },
        };

        await Search(Samples.Request(folder.Name) with { Trials = 12, Jobs = 3 }, trainer);

        Assert.Equal(3, trainer.MostAtATime);
    }

    [Fact]
    public async Task A_search_that_is_stopped_goes_on_as_if_it_had_not_been()
    {
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        var request = Samples.Request(parts.Name) with { Trials = 24 };
        var interrupted = new FakeTrainer
        {
            Before = job => job.Trial > 15 ? Task.FromException(new OperationCanceledException()) : Task.CompletedTask,
        };

        await Assert.ThrowsAsync<OperationCanceledException>(() => Search(request, interrupted));
        var rest = new FakeTrainer();
        var inParts = await Search(request, rest);
        var atOnce = await Search(request with { Folder = whole.Name }, new FakeTrainer());

        Assert.Equal(atOnce.Select(Text), inParts.Select(Text));
        Assert.DoesNotContain(rest.Jobs, job => job.Round == 0 && job.Trial <= 15);
    }

    [Fact]
    public async Task More_trials_can_be_asked_for_later()
    {
        using var folder = new TemporaryFolder();
        var request = Samples.Request(folder.Name) with { Epochs = 16 };

        var fewer = await Search(request with { Trials = 12 }, new FakeTrainer());
        var trainer = new FakeTrainer();
        var more = await Search(request with { Trials = 20 }, trainer);

        Assert.Equal(fewer.Select(trial => trial.Config.ToJson()), more.Take(fewer.Count).Select(trial => trial.Config.ToJson()));
        Assert.Equal(8, trainer.Jobs.Count(job => job.Round == 0));
    }

    [Fact]
    public async Task A_failed_training_is_recorded_by_name_and_the_search_goes_on()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer
        {
            Before = job => job.Trial == 2 ? throw new TrialException("CRASHED: exit code 139") : Task.CompletedTask,
        };

        var trials = await Search(Samples.Request(folder.Name), trainer);

        Assert.Equal("CRASHED: exit code 139", trials[1].InRound(0)!.Error);
        Assert.Null(trials[1].Longest);
        Assert.Equal(7, Standing.InRound(trials, 0).Count);
    }

    [Fact]
    public async Task A_search_in_which_everything_fails_says_why()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FakeTrainer { Before = _ => throw new TrialException("MISSING_FILE: There is none.") };

        var fault = await Assert.ThrowsAsync<SearchException>(() => Search(Samples.Request(folder.Name), trainer));

        Assert.Equal(SearchError.AllFailed, fault.Error);
        Assert.Contains("MISSING_FILE", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_nothing_keeps_to_is_named()
    {
        using var folder = new TemporaryFolder();

        var fault = await Assert.ThrowsAsync<SearchException>(() =>
            Search(Samples.Request(folder.Name) with { Budget = new DeviceBudget(100, null, null) }, new FakeTrainer()));

        Assert.Equal(SearchError.NoCandidate, fault.Error);
        Assert.Contains("flash=100", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_holds_the_best_so_far_and_a_plot_after_every_training()
    {
        using var folder = new TemporaryFolder();
        var progress = new Watcher(report =>
        {
            var best = TrainingConfig.Load(folder.PathOf(SearchFiles.Best));
            Assert.Equal(report.Best!.Trial.Config.ToJson(), best.ToJson());
            Assert.Equal("svg", XDocument.Load(folder.PathOf(SearchFiles.Plot)).Root!.Name.LocalName);
        });

        await SearchRun.ExecuteAsync(Samples.Request(folder.Name), new FakeMeter(), new FakeTrainer(), progress, Cancellation);

        Assert.Equal(8 + 2 + 2 + 2 + 3, progress.Reports.Count); // looks, two whole trainings for each part, and the found one with teachers
        Assert.Equal(progress.Reports[^1].EpochsInAll, progress.Reports[^1].EpochsDone);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public async Task Numbers_that_make_no_sense_are_refused(int trials, int epochs, int jobs)
    {
        using var folder = new TemporaryFolder();
        var request = Samples.Request(folder.Name) with { Trials = trials, Epochs = epochs, Jobs = jobs };

        var fault = await Assert.ThrowsAsync<SearchException>(() => Search(request, new FakeTrainer()));

        Assert.Equal(SearchError.OutOfRange, fault.Error);
    }

    private static Task<IReadOnlyList<Trial>> Search(SearchRequest request, FakeTrainer trainer) =>
        SearchRun.ExecuteAsync(request, new FakeMeter(), trainer, cancellation: Cancellation);

    private static double Accuracy(Trial trial) => FakeTrainer.AccuracyOf(trial.Config.Architecture);

    /// <summary>All of a trial but the time its trainings took.</summary>
    private static string Text(Trial trial) =>
        $"{trial with { Config = null!, Trainings = [] }} {trial.Config.ToJson()} "
        + string.Join(' ', trial.Trainings.Select(training => training with { Seconds = 0 }));

    private sealed class Watcher(Action<SearchProgress> check) : IProgress<SearchProgress>
    {
        public List<SearchProgress> Reports { get; } = [];

        public void Report(SearchProgress value)
        {
            Reports.Add(value);
            check(value);
        }
    }
}
