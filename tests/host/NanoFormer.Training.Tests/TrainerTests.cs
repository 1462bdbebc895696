using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Evaluation;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

public sealed class TrainerTests : TorchTests
{
    [Fact]
    public void A_small_problem_is_learnt_and_exported()
    {
        var model = new Trainer(Samples.Config).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);
        var image = ImageReader.Read(ImageWriter.Write(model.Graph));

        Assert.True(model.Test.Float!.Accuracy > 0.9, $"float {model.Test.Float.Accuracy}");
        Assert.True(model.Test.Integer!.Accuracy > 0.9, $"int8 {model.Test.Integer.Accuracy}");
        Assert.Equal(new Agreement(SameAnswer: 1, SameOutputs: 1, LargestDifference: 0), model.Test.Agreement);
        Assert.Equal(["SLOW", "FAST"], image.Graph.Labels);
        Assert.Equal(25_000, image.Graph.Input.RateMillihertz);
        Assert.InRange(image.Graph.TestVectors.Count, 4, 8);
        var executor = new ReferenceExecutor(image.Graph);
        Assert.All(image.Graph.TestVectors, v => Assert.Equal(v.Output, executor.Run([.. v.Window])));
    }

    [Fact]
    public void A_seed_gives_the_same_image_again()
    {
        var config = Samples.Config.WithEpochs(1);

        byte[] Train(int seed) =>
            ImageWriter.Write(new Trainer(config).Run(Samples.Data, seed, cancellation: TestContext.Current.CancellationToken).Graph);

        byte[] first = Train(5);
        Assert.Equal(first, Train(5));
        Assert.NotEqual(first, Train(6));
    }

    [Fact]
    public void Progress_tells_of_every_epoch()
    {
        var reports = new List<TrainingProgress>();
        var config = Samples.Config.WithEpochs(2);

        new Trainer(config, new Listener(reports.Add)).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], reports.Where(r => r.Phase == TrainingPhase.Float).Select(r => r.Done));
        Assert.Equal([1, 2], reports.Where(r => r.Phase == TrainingPhase.Quantization).Select(r => r.Done));
        Assert.Equal(200, reports.Where(r => r.Phase == TrainingPhase.Evaluation).Max(r => r.Done));
    }

    [Fact]
    public void A_cancelled_training_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var trainer = new Trainer(Samples.Config, new Listener(_ => cancellation.Cancel()));

        Assert.Throws<OperationCanceledException>(() => trainer.Run(Samples.Data, seed: 1, cancellation: cancellation.Token));
    }

    [Fact]
    public void A_configuration_for_other_channels_is_refused()
    {
        var config = Samples.Config with { Input = Samples.Config.Input with { Ranges = [1, 1] } };

        var fault = Assert.Throws<ConfigException>(
            () => new Trainer(config).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.Contains("input.ranges", fault.Message, StringComparison.Ordinal);
    }
}
