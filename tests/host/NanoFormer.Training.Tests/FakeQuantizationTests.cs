using CsCheck;
using NanoFormer.Model;
using NanoFormer.Training.Encoder;
using NanoFormer.Training.Export;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;
using Quantization = NanoFormer.Model.Quantization;

namespace NanoFormer.Training.Tests;

public sealed class FakeQuantizationTests : TorchTests
{
    /// <summary>
    /// The contract rounds twice; one rounding differs from it only near a half: within 2^(shift - 1) for the first of the contract's
    /// roundings, and the error of float arithmetic.
    /// </summary>
    [Fact]
    public void Rounding_once_equals_the_contract_but_near_halves() =>
        Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Double[1e-6, 1e-2], Gen.Int[-128, 127]).Sample((accumulator, factor, zeroPoint) =>
        {
            var multiplier = FixedMultiplier.FromReal(factor);
            var exact = (int)Math.Clamp((long)FixedPoint.Requantize(accumulator, multiplier) + zeroPoint, -128, 127);
            var real = accumulator * factor;
            var fake = FakeQuantization.Activations(tensor((float)real), new Quantization(1, zeroPoint)).item<float>() + zeroPoint;

            var toHalf = Math.Abs(Math.Abs(real) - Math.Floor(Math.Abs(real)) - 0.5);
            var bound = Math.ScaleB(1, multiplier.Shift - 1) + 1e-6 * Math.Abs(real) + 1e-6;
            Assert.True(Math.Abs(exact - fake) <= (toHalf <= bound ? 1 : 0), $"{real}: {exact} and {fake}");
        });

    [Fact]
    public void A_layer_rounded_for_training_is_the_layer_exported()
    {
        var layer = new AffineLayer(randn(7, 12) * linspace(0.01, 2, 7).unsqueeze(1), randn(7));
        const double inputScale = 0.037;

        var (weight, bias) = layer.Rounded(inputScale);
        var exported = IntegerLayer.FromLinear(layer, inputScale);

        Assert.All(weight.data<float>().ToArray().Index(),
            w => Assert.Equal(w.Item, exported.Weights[w.Index] * exported.WeightScales[w.Index / 12], 1e-6));
        Assert.All(bias.data<float>().ToArray().Index(),
            b => Assert.Equal(b.Item, exported.Biases[b.Index] * inputScale * exported.WeightScales[b.Index], 1e-5));
        Assert.Equal(7, exported.Weights.Chunk(12).Count(row => row.Any(w => Math.Abs((int)w) == 127)));
    }

    [Fact]
    public void A_convolution_is_exported_kernel_first()
    {
        var layer = new AffineLayer(tensor(new float[] { 1, 2, 3, 10, 20, 127 }).reshape(1, 2, 3), zeros(1)); // [N, C, kernel]

        Assert.Equal([1, 10, 2, 20, 3, 127], IntegerLayer.FromConvolution(layer, 1).Weights.Select(w => (int)w));
    }

    [Fact]
    public void Gradients_pass_where_nothing_was_clipped()
    {
        var values = tensor(new float[] { -200, -3.4f, 0.2f, 90, 200 }, requires_grad: true);

        FakeQuantization.Activations(values, new Quantization(1, 0)).sum().backward();

        Assert.Equal([0, 1, 1, 1, 0], values.grad!.data<float>().ToArray());
    }

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
    public void Ranges_stand_still_once_observation_ends()
    {
        var quantizer = new ActivationQuantizer(momentum: 0.5);
        quantizer.Apply("x", tensor(new float[] { -1, 1 }));
        quantizer.Observing = false;
        var before = quantizer["x"];

        quantizer.Apply("x", tensor(new float[] { -9, 9 }));

        Assert.Equal(before, quantizer["x"]);
        Assert.Equal(before.Scale, quantizer.Scale("x"));
    }
}
