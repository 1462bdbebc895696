using NanoFormer.Cli.Evaluation;
using NanoFormer.Data;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Tests.Evaluation;

public class InputClippingTests
{
    private static readonly InputOptions Input = new() { Ranges = [1, 2], Offsets = [0, 5], HopSamples = 1, GateThresholdPermille = 0 };

    /// <summary>In steps of 0.5, channel 0 may reach from -2 to 2 steps and channel 1 from 6 to 14.</summary>
    [Fact]
    public void Values_beyond_the_range_are_counted()
    {
        var clipping = InputClipping.Measure(Input, new EvaluationWindows("data", "test", Windows(3, 15, -2, 6), Windows(2, 14, 0, 5)))!;

        Assert.Equal(0.5, clipping.Judged);
        Assert.Equal(0.25, clipping.Train);
    }

    [Theory]
    [InlineData(0.02, 0.04, true)]
    [InlineData(0.02, 0.05, false)]
    [InlineData(0, 0.001, true)]
    [InlineData(0, 0.002, false)]
    public void Clipping_far_more_often_than_in_training_is_not_representative(double train, double judged, bool expected) =>
        Assert.Equal(expected, new InputClipping(train, judged).IsRepresentative);

    [Fact]
    public void Without_the_training_windows_nothing_is_known() =>
        Assert.Null(InputClipping.Measure(Input, new EvaluationWindows("data", "test", Windows(0, 0), Train: null)));

    private static WindowSet Windows(params short[] samples) => new()
    {
        WindowSamples = 1,
        RateHz = 1,
        Channels = [new ChannelInfo("u", "V", 0.5), new ChannelInfo("i", "A", 0.5)],
        ClassNames = ["one"],
        Samples = samples,
        Labels = new int[samples.Length / 2],
        Subjects = [.. Enumerable.Repeat("a", samples.Length / 2)],
    };
}
