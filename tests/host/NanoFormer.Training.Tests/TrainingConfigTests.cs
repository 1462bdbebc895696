using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests;

public sealed class TrainingConfigTests
{
    [Fact]
    public void A_configuration_survives_its_own_text()
    {
        string json = Samples.Config.ToJson();

        Assert.Equal(json, TrainingConfig.Parse(json).ToJson());
    }

    [Fact]
    public void A_key_of_an_older_configuration_is_refused_with_what_it_is_called_now()
    {
        var fault = Assert.Throws<ConfigException>(() => With("floatTraining.balanced=true"));

        Assert.Contains("is called balance now", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, With("floatTraining.balance=1").FloatTraining.Balance);
    }

    [Theory]
    [InlineData("name", "\"two words\"")]
    [InlineData("name", "\"\"")]
    [InlineData("data.recordings", "{ \"windowSamples\": 0, \"testSubjects\": [\"1\"] }")]
    [InlineData("input.ranges", "[2, 0, 4]")]
    [InlineData("input.ranges", "[]")]
    [InlineData("input.hopSamples", "0")]
    [InlineData("input.gateThresholdPermille", "1001")]
    [InlineData("architecture.streams", "[]")]
    [InlineData("architecture.streams[0].step", "0")]
    [InlineData("architecture.streams[0].convolutions", "[]")]
    [InlineData("architecture.streams[0].convolutions[1].kernel", "65")]
    [InlineData("architecture.blocks", "[]")]
    [InlineData("architecture.blocks[0].heads", "-1")]
    [InlineData("architecture.attention.window", "100000")]
    [InlineData("architecture.attention.decay", "13")]
    [InlineData("architecture.score", "{ \"kind\": \"reconstruction\", \"patchSamples\": 0 }")]
    [InlineData("floatTraining.epochs", "0")]
    [InlineData("floatTraining.batchSize", "1")]
    [InlineData("floatTraining.learningRate", "2")]
    [InlineData("floatTraining.dropout", "1")]
    [InlineData("augmentation.triads", "[[0, 1]]")]
    [InlineData("augmentation.timeWarp", "0.6")]
    [InlineData("augmentation.noise", "{ \"g\": -1 }")]
    [InlineData("augmentation.jitter", "5")]
    [InlineData("augmentation.dropped", "0.6")]
    [InlineData("augmentation.masked", "-0.1")]
    [InlineData("pruning", "{ \"heads\": 1, \"epochs\": 1, \"learningRate\": 0.001 }")]
    [InlineData("quantization.percentile", "80")]
    [InlineData("quantization.calibrationWindows", "0")]
    [InlineData("quantization.observeEpochs", "3")]
    [InlineData("quantization.rangeMomentum", "0")]
    public void A_value_out_of_range_is_refused_by_name(string field, string value)
    {
        var fault = Assert.Throws<ConfigException>(() => With($"{field}={value}"));

        Assert.Equal(ConfigError.OutOfRange, fault.Error);
        Assert.Contains(field, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("architecture.streams[0].convolutions[1].stride", "4", "architecture.attention.causal", "true", "architecture.streams")]
    [InlineData("architecture.streaming", "true", "architecture.positions", "false", "architecture.streaming")]
    [InlineData("architecture.streaming", "true", "architecture.attention.causal", "true", "architecture.streaming")]
    [InlineData("architecture.classes", "false", "architecture.positions", "false", "architecture.classes")]
    [InlineData("architecture.attention.window", "4", "architecture.positions", "false", "architecture.attention.window")]
    [InlineData("architecture.attention.decay", "4", "architecture.attention.causal", "true", "architecture.attention.decay")]
    [InlineData("architecture.score.kind", "forecast", "architecture.score.patchSamples", "4", "architecture.score")]
    public void Values_that_do_not_fit_together_are_refused_by_name(string field, string value, string second, string its, string named)
    {
        string json = ConfigOverrides.Apply(Samples.Config.ToJson(), [$"{field}={value}", $"{second}={its}"]);

        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Parse(json));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.StartsWith(named, fault.Message, StringComparison.Ordinal);
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
        var fault = Assert.Throws<ConfigException>(() => With("floatTraining.epoch=3"));

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

    private static TrainingConfig With(string setting) => TrainingConfig.Parse(ConfigOverrides.Apply(Samples.Config.ToJson(), [setting]));

    [Theory]
    [InlineData("SLOW", "RESTING", "RESTING")]
    [InlineData("SLOW", "SLOW", "two classes")]
    public void Postures_are_classes(string first, string second, string named)
    {
        var config = Samples.Config with { Input = Samples.Config.Input with { Postures = [first, second] } };

        var fault = Assert.Throws<ConfigException>(() => ConfigValidator.ValidateClasses(config, ["SLOW", "FAST"]));
        Assert.Contains("input.postures", fault.Message, StringComparison.Ordinal);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);

        ConfigValidator.ValidateClasses(config with { Input = config.Input with { Postures = ["FAST", "SLOW"] } }, ["SLOW", "FAST"]);
    }
}
