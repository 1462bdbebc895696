using System.Text.Json.Nodes;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests;

public sealed class TrainingConfigTests
{
    [Fact]
    public void A_configuration_survives_its_own_text()
    {
        var json = Samples.Config.ToJson();

        Assert.Equal(json, TrainingConfig.Parse(json).ToJson());
    }

    [Theory]
    [InlineData("name", "\"two words\"")]
    [InlineData("name", "\"\"")]
    [InlineData("data.recordings", "{ \"windowSamples\": 0, \"testSubjects\": [\"1\"] }")]
    [InlineData("data.recordings", "{ \"windowSamples\": 8, \"testSubjects\": [] }")]
    [InlineData("input.ranges", "[2, 0, 4]")]
    [InlineData("input.ranges", "[]")]
    [InlineData("input.hopSamples", "0")]
    [InlineData("input.gateThresholdPermille", "1001")]
    [InlineData("architecture.convolutions", "[]")]
    [InlineData("architecture.blocks", "0")]
    [InlineData("architecture.heads", "-1")]
    [InlineData("floatTraining.epochs", "0")]
    [InlineData("floatTraining.batchSize", "1")]
    [InlineData("floatTraining.learningRate", "2")]
    [InlineData("floatTraining.dropout", "1")]
    [InlineData("augmentation.triads", "[[0, 1]]")]
    [InlineData("augmentation.timeWarp", "0.6")]
    [InlineData("augmentation.noise", "{ \"g\": -1 }")]
    [InlineData("quantization.observeEpochs", "3")]
    [InlineData("quantization.rangeMomentum", "0")]
    public void A_value_out_of_range_is_refused_by_name(string field, string value)
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Parse(With(field, JsonNode.Parse(value))));

        Assert.Equal(ConfigError.OutOfRange, fault.Error);
        Assert.Contains(field, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{ \"name\": \"x\" }")]
    public void Text_that_is_no_configuration_is_refused(string json) =>
        Assert.Equal(ConfigError.BadJson, Assert.Throws<ConfigException>(() => TrainingConfig.Parse(json)).Error);

    [Fact]
    public void An_unknown_field_is_refused_by_name()
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Parse(With("floatTraining.epoch", JsonNode.Parse("3"))));

        Assert.Equal(ConfigError.BadJson, fault.Error);
        Assert.Contains("epoch", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Load("no-such.json"));

        Assert.Equal(ConfigError.MissingFile, fault.Error);
        Assert.Contains("no-such.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_epochs_shorten_both_phases()
    {
        var config = Samples.Config.WithEpochs(1);

        Assert.Equal(1, config.FloatTraining.Epochs);
        Assert.Equal(1, config.Quantization.Epochs);
        Assert.Equal(1, config.Quantization.ObserveEpochs);
        Assert.Equal(ConfigError.OutOfRange, Assert.Throws<ConfigException>(() => config.WithEpochs(0)).Error);
    }

    private static string With(string field, JsonNode? value)
    {
        var root = JsonNode.Parse(Samples.Config.ToJson())!;
        var path = field.Split('.');
        var parent = path[..^1].Aggregate(root, (node, name) => node[name]!);
        parent[path[^1]] = value;
        return root.ToJsonString();
    }
}
