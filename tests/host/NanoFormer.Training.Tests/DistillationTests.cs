using NanoFormer.Interchange;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;

namespace NanoFormer.Training.Tests;

public sealed class DistillationTests : TorchTests
{
    [Fact]
    public void A_student_that_learns_from_its_teacher_answers_more_like_it()
    {
        var taught = Train(weight: 0.9);
        var untaught = Train(weight: 0);

        Assert.Equal(Answers(taught.TeacherNetwork!), Answers(untaught.TeacherNetwork!));
        Assert.True(Distance(taught) < 0.8 * Distance(untaught), $"{Distance(taught)} and {Distance(untaught)}");
        Assert.True(CardResult.From(taught.Test).TeacherAccuracy > 0.9);
    }

    [Fact]
    public void Without_a_teacher_there_is_none_to_report()
    {
        var model = new Trainer(Samples.Config.WithEpochs(1)).Run(Samples.Data, 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Null(model.TeacherNetwork);
        Assert.Null(CardResult.From(model.Test).TeacherAccuracy);
    }

    [Fact]
    public void Several_teachers_differ_and_teach_their_mean()
    {
        var config = Config(0.9);
        var one = new Trainer(config).Run(Samples.Data, 1, cancellation: TestContext.Current.CancellationToken);
        var three = new Trainer(config with { Distillation = config.Distillation! with { Teachers = 3 } })
            .Run(Samples.Data, 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Null(three.TeacherNetwork);
        Assert.True(CardResult.From(three.Test).TeacherAccuracy > 0.9);
        Assert.NotEqual(Answers(one.FloatNetwork!), Answers(three.FloatNetwork!));
    }

    [Fact]
    public void The_mean_of_probabilities_is_taught()
    {
        using var inference = TorchSharp.torch.no_grad();
        var members = Enumerable.Range(0, 2).Select(_ => Encoder.Create(Samples.Config.Architecture, Samples.WindowSamples, channels: 3, classes: 2)).ToArray();
        foreach (var member in members)
        {
            member.eval();
        }

        var inputs = TorchSharp.torch.randn(5, Samples.WindowSamples, 3);
        float[] taught = StraightThrough.Values(new EncoderEnsemble(members).Logits(inputs).softmax(-1));
        float[][] each = [.. members.Select(member => StraightThrough.Values(new EncoderEnsemble([member]).Logits(inputs).softmax(-1)))];

        Assert.All(taught.Index(), value => Assert.Equal((each[0][value.Index] + each[1][value.Index]) / 2, value.Item, 1e-5));
    }

    [Fact]
    public void A_teacher_without_classes_is_refused()
    {
        var config = Config(0.5) with
        {
            Distillation = Config(0.5).Distillation! with { Architecture = Architectures.Of("forecast alone") },
        };

        var fault = Assert.Throws<ConfigException>(
            () => new Trainer(config).Run(Samples.Data, 1, cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.StartsWith("distillation.architecture", fault.Message, StringComparison.Ordinal);
    }

    private static TrainedModel Train(double weight) =>
        new Trainer(Config(weight)).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);

    private static TrainingConfig Config(double weight) => Samples.Config with
    {
        Distillation = new DistillationOptions
        {
            Architecture = Architectures.Of("blocks of different sizes"),
            Training = Samples.Config.FloatTraining with { LabelSmoothing = 0.2 },
            Weight = weight,
        },
        Quantization = Samples.Config.Quantization with { Epochs = 0, ObserveEpochs = 0 },
    };

    /// <summary>Mean difference of the two float networks' probabilities.</summary>
    private static double Distance(TrainedModel model) =>
        Answers(model.FloatNetwork!).Zip(Answers(model.TeacherNetwork!), (a, b) => Math.Abs(a - b)).Average();

    private static float[] Answers(FloatNetwork network)
    {
        var windows = Samples.Windows(40, seed: 9);
        using var tensors = new WindowTensors(windows);
        var values = StraightThrough.Values(tensors.Values).Chunk(windows.WindowValues);
        return [.. values.SelectMany(window => FloatEvaluator.Run(network, window))];
    }
}
