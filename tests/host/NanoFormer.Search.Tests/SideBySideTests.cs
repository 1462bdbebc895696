using System.Diagnostics;
using NanoFormer.Training;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;
using NanoFormer.Training.SideBySide;

namespace NanoFormer.Search.Tests;

/// <summary>Seeds that train in processes of their own, against the same seeds one after another in one process.</summary>
public sealed class SideBySideTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Seeds_side_by_side_give_the_model_and_card_that_they_give_one_after_another()
    {
        using var folder = new TemporaryFolder();
        var steps = new List<TrainingProgress>();

        var alone = Train(folder, "alone", jobs: 1, null, Cancellation);
        var beside = Train(folder, "beside", jobs: 2, steps, Cancellation);

        Assert.Equal(Image(folder, "alone"), Image(folder, "beside"));
        Assert.Equal(alone.Seeds, beside.Seeds);
        Assert.Equal(alone.Seed, beside.Seed);
        Assert.Equal(3, alone.Seeds!.Select(seed => seed.FloatAccuracy).Count());
        var trained = steps.Where(step => step.Phase != TrainingPhase.Evaluation).ToArray();
        Assert.Equal([1, 2, 3], trained.Select(step => step.Seed!.Value).Distinct().Order()); // nothing was trained here once more
        Assert.Equal(trained.Length, trained.Distinct().Count());
    }

    [Fact]
    public void Other_splits_of_an_ensemble_train_beside_its_seeds_and_give_the_same_card()
    {
        const string setting = """otherSplits=[{"name":"ann","set":["data.csv.testSubjects=[\"ann\"]"]}]""";
        using var folder = new TemporaryFolder();
        var steps = new List<TrainingProgress>();

        var alone = Train(folder, "alone", jobs: 1, null, Cancellation, setting: setting, ensemble: 2);
        var beside = Train(folder, "beside", jobs: 2, steps, Cancellation, setting: setting, ensemble: 2);

        Assert.Equal(alone.ToJson(), beside.ToJson());
        Assert.Equal(3, Assert.Single(beside.OtherSplits).Seeds.Count);
        Assert.Equal([1, 2, 3], steps.Where(step => step is { Split: "ann", Phase: not TrainingPhase.Evaluation }).Select(step => step.Seed!.Value).Distinct().Order());
    }

    [Fact]
    public void A_seed_whose_process_is_killed_goes_on_where_it_stopped()
    {
        using var folder = new TemporaryFolder();
        var steps = new List<TrainingProgress>();
        bool killed = false;
        void KillOne(TrainingProgress step)
        {
            if (step is { Phase: TrainingPhase.Float, Done: 2, Seed: 2 } && !killed)
            {
                killed = true;
                Process.GetProcessById(Children(folder.Name, seed: 2).Single()).Kill();
            }
        }

        Train(folder, "alone", jobs: 1, null, Cancellation);
        Train(folder, "beside", jobs: 2, steps, Cancellation, KillOne);

        Assert.True(killed);
        Assert.Contains(steps, step => step is { Seed: null, Phase: TrainingPhase.Quantization }); // the rest of seed 2
        Assert.DoesNotContain(steps, step => step is { Seed: null, Phase: TrainingPhase.Float, Done: 1 });
        Assert.Equal(Image(folder, "alone"), Image(folder, "beside"));
    }

    [Fact]
    public async Task A_line_that_a_killed_process_left_half_written_is_no_step()
    {
        var steps = new List<TrainingProgress>();
        string line = SeedProcesses.LineOf(new TrainingProgress(TrainingPhase.Float, 3, 8, 0.5, double.NaN));

        await SeedProcesses.RelayAsync(new StringReader($"{line}\n{line[..^9]}"), seed: 2, new Listener(steps.Add));

        Assert.Equal([new TrainingProgress(TrainingPhase.Float, 3, 8, 0.5, double.NaN) { Seed = 2 }], steps);
    }

    [Fact]
    public void A_seed_that_fails_names_its_reason()
    {
        using var folder = new TemporaryFolder();

        Train(folder, "alone", jobs: 1, null, Cancellation);
        var fault = Assert.Throws<ConfigException>(() => Train(folder, "beside", jobs: 2, null, Cancellation,
            weights: Path.Combine(folder.PathOf("alone"), TrainingRun.WeightsFile), setting: "architecture.blocks[0].feedForward=8"));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
    }

    [Fact]
    public void All_seeds_are_stopped_together_and_taken_up_again()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var steps = new List<TrainingProgress>();

        Assert.ThrowsAny<OperationCanceledException>(() => Train(folder, "beside", jobs: 2, steps, stop.Token, _ => stop.Cancel()));
        Assert.Empty(Children(folder.Name, seed: 1));
        Train(folder, "beside", jobs: 2, steps, Cancellation);
        Train(folder, "alone", jobs: 1, null, Cancellation);

        Assert.Equal(Image(folder, "alone"), Image(folder, "beside"));
    }

    private static ModelCard Train(
        TemporaryFolder folder, string output, int jobs, List<TrainingProgress>? steps, CancellationToken stop,
        Action<TrainingProgress>? on = null, string? weights = null, string? setting = null, int ensemble = 1)
    {
        File.WriteAllText(folder.PathOf("motion.csv"), Samples.Csv());
        File.WriteAllText(folder.PathOf("given.json"), Samples.Config.ToJson());
        var request = new TrainingRequest
        {
            ConfigPath = folder.PathOf("given.json"),
            Dataset = folder.PathOf("motion.csv"),
            OutputFolder = folder.PathOf(output),
            Seeds = 3,
            Epochs = 4,
            Overrides = [$"ensemble={ensemble}", .. setting is null ? Array.Empty<string>() : [setting]],
            Resume = true,
            Weights = weights,
            Program = SearchCommandTests.Program,
            Jobs = jobs,
            Command = "train",
        };
        try
        {
            return TrainingRun.Execute(request, new Listener(step =>
            {
                lock (folder)
                {
                    steps?.Add(step);
                    on?.Invoke(step);
                }
            }), stop);
        }
        catch (DllNotFoundException)
        {
            Assert.Skip("libtorch is not installed for this platform.");
            throw;
        }
    }

    private static byte[] Image(TemporaryFolder folder, string output) => File.ReadAllBytes(Path.Combine(folder.PathOf(output), TrainingRun.ImageFile));

    /// <summary>The processes that train a seed of a folder.</summary>
    private static int[] Children(string folder, int seed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Command lines are read from /proc.");
        return RunningPrograms.With(folder, $"--seed\0{seed}\0");
    }

    private sealed class Listener(Action<TrainingProgress> on) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => on(value);
    }
}
