using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

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
        Assert.Equal(Epochs, Train(fixture, fixture.Folder));
        return ImageOf(fixture.Folder);
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
        var stopped = Path.Combine(fixture.Folder, "stopped");

        Assert.Throws<OperationCanceledException>(() => Train(fixture, stopped, stopAfter: stopAfter));
        Assert.False(File.Exists(Path.Combine(stopped, TrainingRun.ImageFile)));
        Assert.Equal(Epochs - stopAfter, Train(fixture, stopped, resume: true));

        Assert.Equal(Uninterrupted.Value, ImageOf(stopped));
        Assert.False(Directory.Exists(Path.Combine(stopped, TrainingRun.CheckpointFolder)));
    }

    [Fact]
    public void A_training_begins_anew_unless_told_to_resume()
    {
        using var fixture = new CsvFixture(Config);

        Assert.Throws<OperationCanceledException>(() => Train(fixture, fixture.Folder, stopAfter: 2));

        Assert.Equal(Epochs, Train(fixture, fixture.Folder));
    }

    [Fact]
    public void The_state_of_another_training_is_not_taken_up()
    {
        using var fixture = new CsvFixture(Config);

        Assert.Throws<OperationCanceledException>(() => Train(fixture, fixture.Folder, stopAfter: 2));

        Assert.Equal(Epochs, Train(fixture, fixture.Folder, resume: true, seed: 2));
    }

    private static byte[] ImageOf(string folder) => File.ReadAllBytes(Path.Combine(folder, TrainingRun.ImageFile));

    /// <summary>Trains, and tells how many epochs that took.</summary>
    private static int Train(CsvFixture fixture, string output, bool resume = false, int stopAfter = int.MaxValue, int seed = 1)
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
        TrainingRun.Execute(fixture.Request(output) with { Resume = resume, Seed = seed }, listener, cancellation.Token);
        return epochs;
    }
}
