using NanoFormer.Interchange;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using NanoFormer.Training.Phases;
using TorchSharp;

namespace NanoFormer.Training.Tests;

/// <summary>Trainings that stop and are taken up again, through every phase there is.</summary>
public sealed class CheckpointTests : TorchTests
{
    private const int Epochs = 2 + 2 + 2 + 3;

    private static readonly TrainingConfig Config = CsvFixture.Config with
    {
        FloatTraining = Samples.Config.FloatTraining with { Epochs = 2, Dropout = 0.1 },
        Distillation = new DistillationOptions
        {
            Architecture = Architectures.Of("LayerNorm and GELU"),
            Training = Samples.Config.FloatTraining with { Epochs = 2 },
        },
        Pruning = new PruningOptions { Heads = 0.5, FeedForward = 0.5, Steps = 2, Epochs = 1, LearningRate = 0.001 },
        Quantization = Samples.Config.Quantization with { Epochs = 3, ObserveEpochs = 2, CalibrationWindows = 8 },
    };

    private static readonly Lazy<byte[]> Uninterrupted = new(() =>
    {
        using var fixture = new CsvFixture(Config);
        Assert.Equal(Epochs, Train(fixture, fixture.Output));
        return ImageOf(fixture.Output);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(Epochs)]
    public void A_training_that_was_stopped_and_resumed_gives_the_same_image(int stopAfter)
    {
        using var fixture = new CsvFixture(Config);
        string stopped = fixture.Output;

        Assert.Throws<OperationCanceledException>(() => Train(fixture, stopped, stopAfter: stopAfter));
        Assert.False(File.Exists(Path.Combine(stopped, TrainingRun.ImageFile)));
        Assert.Equal(Epochs - stopAfter, Train(fixture, stopped, resume: true));

        Assert.Equal(Uninterrupted.Value, ImageOf(stopped));
        Assert.False(Directory.Exists(Path.Combine(stopped, TrainingRun.CheckpointFolder)));
    }

    [Fact]
    public void What_a_stopped_training_left_is_thrown_away_only_when_told()
    {
        using var fixture = new CsvFixture(Config);

        Assert.Throws<OperationCanceledException>(() => Train(fixture, fixture.Output, stopAfter: 2));

        var fault = Assert.Throws<ConfigException>(() => Train(fixture, fixture.Output));
        Assert.Equal(ConfigError.Unfinished, fault.Error);
        Assert.Contains("--resume", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Epochs, Train(fixture, fixture.Output, restart: true));
    }

    [Fact]
    public void A_checkpoint_outlives_a_model_that_could_not_be_written()
    {
        using var fixture = new CsvFixture(Config);
        Directory.CreateDirectory(Path.Combine(fixture.Output, TrainingRun.WeightsFile)); // a folder where a file should be

        Assert.ThrowsAny<Exception>(() => Train(fixture, fixture.Output));
        Assert.True(Directory.Exists(Path.Combine(fixture.Output, TrainingRun.CheckpointFolder)));

        Directory.Delete(Path.Combine(fixture.Output, TrainingRun.WeightsFile));
        Assert.Equal(0, Train(fixture, fixture.Output, resume: true)); // every epoch was kept
        Assert.Equal(Uninterrupted.Value, ImageOf(fixture.Output));
    }

    [Fact]
    public void Another_seed_has_a_state_of_its_own()
    {
        using var fixture = new CsvFixture(Config);

        Assert.Throws<OperationCanceledException>(() => Train(fixture, fixture.Output, stopAfter: 2));

        Assert.Equal(Epochs, Train(fixture, fixture.Output, resume: true, seed: 2));
    }

    [Fact]
    public void The_state_of_a_training_with_another_configuration_is_refused()
    {
        using var fixture = new CsvFixture(Config);

        Assert.Throws<OperationCanceledException>(() => Train(fixture, fixture.Output, stopAfter: 2));
        File.WriteAllText(fixture.ConfigPath, (Config with { Purpose = "Another." }).ToJson());

        var fault = Assert.Throws<ConfigException>(() => Train(fixture, fixture.Output, resume: true));
        Assert.Equal(ConfigError.Mismatch, fault.Error);
    }

    [Fact]
    public void The_state_of_a_training_that_began_with_other_weights_is_refused()
    {
        using var fixture = new CsvFixture(Config);
        var (mine, others) = (WriteWeights(fixture, "mine", seed: 1), WriteWeights(fixture, "others", seed: 2));

        Assert.Throws<OperationCanceledException>(() => Train(fixture, fixture.Output, stopAfter: 3, weights: mine));

        Assert.All([others, null], weights => Assert.Equal(ConfigError.Mismatch,
            Assert.Throws<ConfigException>(() => Train(fixture, fixture.Output, resume: true, weights: weights)).Error));
        Assert.Equal(Epochs - 3, Train(fixture, fixture.Output, resume: true, weights: mine));
    }

    /// <summary>A file of random weights of the configuration's network.</summary>
    private static string WriteWeights(CsvFixture fixture, string name, int seed)
    {
        torch.manual_seed(seed);
        using var network = Encoder.Create(Config.Architecture, Samples.WindowSamples, channels: 3, classes: 2);
        string path = Path.Combine(fixture.Folder, name + ".safetensors");
        File.WriteAllBytes(path, new SafetensorsFile(network.Weights()).ToBytes());
        return path;
    }

    private static byte[] ImageOf(string folder) => File.ReadAllBytes(Path.Combine(folder, TrainingRun.ImageFile));

    /// <summary>Trains, and tells how many epochs that took.</summary>
    private static int Train(CsvFixture fixture, string output, bool resume = false, int stopAfter = int.MaxValue, int seed = 1,
        string? weights = null, bool restart = false)
    {
        int epochs = 0;
        using var cancellation = new CancellationTokenSource();
        var listener = new Listener(step =>
        {
            epochs += step.Phase == TrainingPhase.Evaluation ? 0 : 1;
            if (epochs == stopAfter)
            {
                cancellation.Cancel();
            }
        });
        var request = fixture.Request(output) with { Resume = resume, Restart = restart, Seed = seed, Weights = weights };
        TrainingRun.Execute(request, listener, cancellation.Token);
        return epochs;
    }
}
