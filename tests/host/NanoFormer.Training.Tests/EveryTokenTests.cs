using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>Models that are asked for the class at every token of a stream, whose level tells it.</summary>
public sealed class EveryTokenTests : TorchTests
{
    private const int StepSamples = 4;

    private static readonly TrainingConfig Config = Samples.Config with
    {
        Architecture = Architectures.Of("windowed, last token"),
        FloatTraining = Samples.Config.FloatTraining with { Epochs = 6, EveryToken = true },
        Augmentation = new AugmentationOptions(),
    };

    [Fact]
    public void Every_step_of_a_stream_tells_the_class_at_its_time()
    {
        var stream = Windows(60, seed: 3);

        var model = new Trainer(Config).Run(DataOf(Windows(256, seed: 1)), seed: 1, cancellation: TestContext.Current.CancellationToken);
        var answers = new StreamExecutor(model.Graph).Push(stream.Samples);
        var labels = stream.SampleLabels!.Chunk(StepSamples).Select(step => step[^1]);
        int right = answers.Zip(labels).Count(step => (step.First[1] > step.First[0] ? 1 : 0) == step.Second);

        Assert.Equal(stream.Count * Samples.WindowSamples / StepSamples, answers.Count);
        Assert.True(right > 0.9 * answers.Count, $"{right} of {answers.Count} steps");
        Assert.Equal(1, model.Test.Agreement.SameOutputs);
    }

    [Fact]
    public void Windows_of_one_label_are_refused() => AssertRefused(Config, Samples.Data, "floatTraining.everyToken");

    [Fact]
    public void Tokens_of_several_streams_are_refused() => AssertRefused(
        Config with { Architecture = Architectures.Of("two streams") }, DataOf(Windows(8, seed: 1)), "floatTraining.everyToken");

    [Fact]
    public void A_teacher_that_is_asked_otherwise_is_refused() => AssertRefused(
        Config with
        {
            Distillation = new DistillationOptions { Architecture = Config.Architecture, Training = Samples.Config.FloatTraining },
        },
        DataOf(Windows(8, seed: 1)), "distillation.training.everyToken");

    private static void AssertRefused(TrainingConfig config, TrainingData data, string named)
    {
        var fault = Assert.Throws<ConfigException>(
            () => new Trainer(config).Run(data, seed: 1, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.StartsWith(named, fault.Message, StringComparison.Ordinal);
    }

    private static TrainingData DataOf(WindowSet train) => new("made up", "by chance", train, Windows(40, seed: 2), null);

    /// <summary>Windows of a stream whose class, and with it the level, changes every 10 to 40 samples.</summary>
    private static WindowSet Windows(int count, int seed)
    {
        var random = new Random(seed);
        var labels = new List<int>();
        while (labels.Count < count * Samples.WindowSamples)
        {
            labels.AddRange(Enumerable.Repeat(1 - labels.LastOrDefault(), random.Next(10, 40)));
        }

        labels.RemoveRange(count * Samples.WindowSamples, labels.Count - count * Samples.WindowSamples);
        var like = Samples.Windows(2, seed);
        return new WindowSet
        {
            WindowSamples = Samples.WindowSamples,
            RateHz = like.RateHz,
            Channels = like.Channels,
            ClassNames = like.ClassNames,
            Samples =
            [
                .. labels.SelectMany(label => new[] { 6000 * label - 3000, 0, 0 })
                    .Select(level => (short)(level + random.Next(-1500, 1500))),
            ],
            Labels = [.. labels.Chunk(Samples.WindowSamples).Select(window => window[^1])],
            SampleLabels = [.. labels],
            Subjects = [.. Enumerable.Repeat("1", count)],
        };
    }
}
