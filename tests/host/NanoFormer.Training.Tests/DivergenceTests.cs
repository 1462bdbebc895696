using NanoFormer.Interchange;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

/// <summary>A training whose numbers are no longer finite ends with a named error in every phase.</summary>
public sealed class DivergenceTests : TorchTests
{
    private const double Absurd = 1e30;

    [Fact]
    public void In_float_it_is_named()
    {
        var config = Samples.Config with { FloatTraining = Samples.Config.FloatTraining with { LearningRate = Absurd } };

        Assert.Equal(ConfigError.Diverged, Train(config).Error);
    }

    [Fact]
    public void In_the_teacher_it_is_named()
    {
        var config = Samples.Config with
        {
            Distillation = new DistillationOptions
            {
                Architecture = Samples.Config.Architecture,
                Training = Samples.Config.FloatTraining with { LearningRate = Absurd },
            },
        };

        Assert.Equal(ConfigError.Diverged, Train(config).Error);
    }

    [Fact]
    public void In_quantization_it_is_named()
    {
        var config = Samples.Config.WithEpochs(1);
        config = config with { Quantization = config.Quantization with { LearningRate = Absurd } };

        Assert.Equal(ConfigError.Diverged, Train(config).Error);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_activation_that_is_not_finite_has_no_range(float value)
    {
        var quantizer = new ActivationQuantizer(values => RangeEstimators.Percentile(values, 50), momentum: 0.5);
        using var values = tensor(new[] { 1, 2, value, 3, 4, 5, 6, 7 });

        var fault = Assert.Throws<ConfigException>(() => quantizer.Observe("logits", values));

        Assert.Equal(ConfigError.Diverged, fault.Error);
        Assert.Contains("logits", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_to_start_from_must_be_finite()
    {
        var network = Encoder.Create(Samples.Config.Architecture, Samples.WindowSamples, channels: 3, classes: 2);
        var weights = network.Weights().ToDictionary();
        string name = weights.Keys.First();
        float[] values = [.. weights[name].Values];
        values[^1] = float.NaN;
        weights[name] = new WeightTensor(weights[name].Shape, values);

        var fault = Assert.Throws<ConfigException>(() => network.TakeWeights(weights));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_weights_of_another_architecture_those_that_fit_are_taken_when_asked_for()
    {
        var given = Encoder.Create(Samples.Config.Architecture, Samples.WindowSamples, channels: 3, classes: 2);
        var other = Encoder.Create(Samples.Config.Architecture, Samples.WindowSamples, channels: 3, classes: 5);
        var before = other.Weights();

        Assert.Throws<ConfigException>(() => other.TakeWeights(given.Weights()));
        other.TakeWeights(given.Weights(), whatFits: true);

        foreach (var (name, weights) in other.Weights())
        {
            bool fits = given.Weights()[name].Shape.SequenceEqual(weights.Shape);
            Assert.Equal(fits ? given.Weights()[name].Values : before[name].Values, weights.Values);
        }

        Assert.Contains(other.Weights(), pair => !given.Weights()[pair.Key].Shape.SequenceEqual(pair.Value.Shape));
    }

    private static ConfigException Train(TrainingConfig config) => Assert.Throws<ConfigException>(
        () => new Trainer(config).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken));
}
