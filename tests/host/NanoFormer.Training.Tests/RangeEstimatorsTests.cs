using NanoFormer.Training.Configuration;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class RangeEstimatorsTests : TorchTests
{
    /// <summary>-500 .. 499 in tenths, in no order.</summary>
    private static float[] Even => [.. Enumerable.Range(0, 1000).Select(i => (i * 7 % 1000 - 500) / 10f)];

    [Fact]
    public void From_the_smallest_to_the_greatest() =>
        Assert.Equal(new ActivationRange(-2, 7), Estimate(CalibrationKind.MinMax, [3, -2, 7, 0]));

    [Fact]
    public void A_calibration_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate((CalibrationKind)99, [3, -2]));

    [Fact]
    public void A_percentile_leaves_out_as_many_on_either_side() => // 100 of 1000 values lie outside 90 %
        Assert.Equal(new ActivationRange(-45, 44.9f), Estimate(CalibrationKind.Percentile, Even, percentile: 90));

    [Fact]
    public void All_percent_are_the_whole_range() =>
        Assert.Equal(new ActivationRange(-50, 49.9f), Estimate(CalibrationKind.Percentile, Even, percentile: 100));

    [Fact]
    public void Even_values_lose_little_by_least_squares()
    {
        var range = Estimate(CalibrationKind.Mse, Even);

        Assert.InRange(range.Low, -50, -48);
        Assert.InRange(range.High, 48, 50);
    }

    /// <summary>
    /// 60,000 even values and one of 100: 255 steps of 0.4 over all of it err by 0.4^2 / 12 each, 800 altogether; smaller ones by less, and
    /// once by what is cut off. With s for the share of the range that is kept, 800 s^2 + 10,000 (1 - s)^2 is least at s = 0.93.
    /// </summary>
    [Fact]
    public void A_value_far_out_is_clipped_by_least_squares()
    {
        var range = Estimate(CalibrationKind.Mse, [.. Enumerable.Range(0, 60_000).Select(i => i / 60_000f), 100, -2]);

        Assert.InRange(range.High, 91, 95);
    }

    [Fact]
    public void One_value_is_a_range() => Assert.Equal(new ActivationRange(3, 3), Estimate(CalibrationKind.Mse, [3, 3, 3]));

    private static ActivationRange Estimate(CalibrationKind kind, float[] values, double percentile = 99.99)
    {
        var options = new QuantizationOptions
        {
            Epochs = 0,
            ObserveEpochs = 0,
            LearningRate = 0,
            Calibration = kind,
            Percentile = percentile,
        };
        return RangeEstimators.Of(options)(tensor(values));
    }
}
