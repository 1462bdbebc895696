using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>A score with a network of its own, which is trained apart from that of the classes.</summary>
public sealed class OwnScoreNetworkTests : TorchTests
{
    private static readonly TrainingConfig Config = Samples.Config.WithEpochs(3) with
    {
        Architecture = Architectures.Of("a score with a network of its own"),
        ScoreTraining = new ScoreTrainingOptions
        {
            Training = Samples.Config.FloatTraining with { Epochs = 4 },
            Augmentation = new AugmentationOptions(),
        },
    };

    [Fact]
    public void Both_networks_are_trained_and_share_the_input()
    {
        List<TrainingProgress> reports = [];

        var model = new Trainer(Config, new Listener(reports.Add)).Run(
            Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], reports.Where(r => r.Phase == TrainingPhase.Float).Select(r => r.Done));
        Assert.Equal([1, 2, 3, 4], reports.Where(r => r.Phase == TrainingPhase.Score).Select(r => r.Done));
        Assert.Equal(["SLOW", "FAST", "anomaly"], model.Graph.Labels);
        Assert.Single(model.Graph.Operators, op => op.Kind == OperatorKind.Quantize);
        Assert.Equal(1, model.Test.Agreement.SameOutputs);
        Assert.InRange(model.Test.Integer!.Accuracy, 0.9, 1);
        Assert.NotNull(model.Architecture.Score!.Encoder);
    }

    [Fact]
    public void A_training_of_its_own_and_a_network_of_its_own_belong_together()
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Parse((Config with { ScoreTraining = null }).ToJson()));

        Assert.Contains("scoreTraining", fault.Message, StringComparison.Ordinal);
    }
}
