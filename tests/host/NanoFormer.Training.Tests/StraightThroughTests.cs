using CsCheck;
using NanoFormer.Model;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;
using Quantization = NanoFormer.Model.Quantization;

namespace NanoFormer.Training.Tests;

public sealed class StraightThroughTests : TorchTests
{
    [Fact]
    public void Sums_in_float_are_rounded_as_the_contract_rounds_integers() =>
        Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Double[1e-6, 1e-2], Gen.Int[-128, 127], Gen.Double[1e-4, 10]).Sample(
            (sum, factor, zeroPoint, scale) =>
            {
                double unit = factor * scale;
                int expected = Math.Clamp(
                    FixedPoint.Requantize(sum, FixedMultiplier.FromReal(unit / scale)) + zeroPoint, sbyte.MinValue, sbyte.MaxValue);

                sbyte[] steps = StraightThrough.Requantize(
                    StraightThrough.Whole([(float)(sum * unit)], [unit]), [unit], new Quantization(scale, zeroPoint), ClampRange.Full);

                Assert.Equal(expected, steps[0]);
            });

    [Fact]
    public void Values_are_the_device_s_and_gradients_pass_where_nothing_was_clipped()
    {
        var real = tensor(new float[] { -200, -3.4f, 0.2f, 90, 200 }, requires_grad: true);

        var applied = StraightThrough.Apply(real, [-128, -3, 1, 90, 127], new Quantization(1, 0), ClampRange.Full);
        applied.sum().backward();

        Assert.Equal([-128, -3, 1, 90, 127], applied.data<float>().ToArray());
        Assert.Equal([0, 1, 1, 1, 0], real.grad!.data<float>().ToArray());
    }
}
