using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests;

public sealed class ConfigOverridesTests
{
    [Fact]
    public void Values_are_set_in_sections_and_lists()
    {
        var config = With("name=other", "architecture.blocks[0].heads=3", "input.ranges[2]=5", "floatTraining.learningRate=2e-3");

        Assert.Equal("other", config.Name);
        Assert.Equal(3, config.Architecture.Blocks[0].Heads);
        Assert.Equal([2, 2, 5], config.Input.Ranges);
        Assert.Equal(0.002, config.FloatTraining.LearningRate);
        Assert.Equal(Samples.Config.Quantization, config.Quantization);
    }

    [Fact]
    public void A_section_may_be_given_whole_or_made_by_a_part_of_it()
    {
        var config = With(
            "architecture.attention={ \"causal\": true }", "architecture.score.kind=forecast", "architecture.score.patchSamples=4");

        Assert.True(config.Architecture.Attention.Causal);
        Assert.Equal(ScoreKind.Forecast, config.Architecture.Score!.Kind);
    }

    [Fact]
    public void A_section_may_be_taken_away() => Assert.Null(With("pruning.epochs=1", "pruning=null").Pruning);

    [Fact]
    public void A_later_setting_counts() => Assert.Equal("c", With("name=b", "name=c").Name);

    [Fact]
    public void A_value_may_hold_equals_signs() => Assert.Equal("a=b", With("purpose=a=b").Purpose);

    [Fact]
    public void Comments_of_the_file_do_no_harm() =>
        Assert.Equal("x", TrainingConfig.Parse(ConfigOverrides.Apply("// ours\n" + Samples.Config.ToJson(), ["name=x"])).Name);

    [Theory]
    [InlineData("name")]
    [InlineData("architecture.blocks[1].heads=2")]
    [InlineData("architecture.blocks[x].heads=2")]
    [InlineData("architecture.blocks[1]={}")]
    [InlineData("name.first=a")]
    [InlineData("floatTraining.epochs.first=1")]
    public void A_setting_of_a_place_that_is_not_there_is_refused_by_name(string setting)
    {
        var fault = Assert.Throws<ConfigException>(() => With(setting));

        Assert.Equal(ConfigError.BadOverride, fault.Error);
        Assert.Contains($"'{setting}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("floatTraining.epoch=3", ConfigError.BadJson, "epoch")]
    [InlineData("floatTraining.epochs=0", ConfigError.OutOfRange, "floatTraining.epochs")]
    [InlineData("floatTraining.epochs=many", ConfigError.BadJson, "epochs")]
    public void A_value_is_checked_like_the_file_s(string setting, ConfigError error, string named)
    {
        var fault = Assert.Throws<ConfigException>(() => With(setting));

        Assert.Equal(error, fault.Error);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static TrainingConfig With(params string[] settings) =>
        TrainingConfig.Parse(ConfigOverrides.Apply(Samples.Config.ToJson(), settings));
}
