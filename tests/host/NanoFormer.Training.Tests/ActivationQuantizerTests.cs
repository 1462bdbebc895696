using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class ActivationQuantizerTests : TorchTests
{
    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(-3, -0.5)]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    public void A_range_holds_its_limits_and_zero(double low, double high)
    {
        var (scale, zeroPoint) = new ActivationRange(low, high).ToQuantization();

        Assert.InRange(zeroPoint, -128, 127);
        Assert.True(scale * (-128 - zeroPoint) <= Math.Min(low, 0) + scale / 2);
        Assert.True(scale * (127 - zeroPoint) >= Math.Max(high, 0) - scale / 2);
    }

    [Fact]
    public void The_first_batches_count_the_same_and_later_ones_as_the_momentum_says()
    {
        var quantizer = new ActivationQuantizer(RangeEstimators.MinMax, momentum: 0.5);

        Observe(quantizer, -1, 1);
        Observe(quantizer, -3, 5);
        Assert.Equal(new ActivationRange(-2, 3), quantizer.Ranges["x"].Range); // the mean of two

        Observe(quantizer, -4, 9);
        Assert.Equal(new ActivationRange(-3, 6), quantizer.Ranges["x"].Range); // half way to the third
    }

    [Fact]
    public void Ranges_stand_still_once_observation_ends()
    {
        var quantizer = new ActivationQuantizer(RangeEstimators.MinMax, momentum: 0.5);
        Observe(quantizer, -1, 1);
        quantizer.Observing = false;
        var before = quantizer["x"];

        Observe(quantizer, -9, 9);

        Assert.Equal(before, quantizer["x"]);
    }

    [Fact]
    public void Ranges_taken_up_again_go_on_as_before()
    {
        var quantizer = new ActivationQuantizer(RangeEstimators.MinMax, momentum: 0.1);
        Observe(quantizer, -1, 1);
        var other = new ActivationQuantizer(RangeEstimators.MinMax, momentum: 0.1);
        other.Restore(quantizer.Ranges);

        Observe(quantizer, -3, 5);
        Observe(other, -3, 5);

        Assert.Equal(quantizer["x"], other["x"]);
    }

    private static void Observe(ActivationQuantizer quantizer, params float[] values) => quantizer.Observe("x", tensor(values));
}
