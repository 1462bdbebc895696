using NanoFormer.Training.Export;
using NanoFormer.Training.Network;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class FakeQuantizationTests : TorchTests
{
    [Fact]
    public void A_layer_rounded_for_training_is_the_layer_exported()
    {
        const double inputScale = 0.037;
        var layer = AffineLayer.Linear(12, 7, normBefore: false);
        using (no_grad())
        {
            layer.Weight.mul_(linspace(0.01, 2, 7).unsqueeze(1));
            layer.Bias.add_(randn(7));
        }

        var scales = layer.WeightScales();
        double[] weights = IntegerLayer.Reals(FakeQuantization.Weights(layer.Weight, scales));
        double[] biases = IntegerLayer.Reals(FakeQuantization.Biases(layer.Bias, scales * inputScale));
        var exported = IntegerLayer.FromLinear(layer, inputScale);

        Assert.All(weights.Index(), w => Assert.Equal(w.Item, exported.Weights[w.Index] * exported.WeightScales[w.Index / 12], 1e-6));
        Assert.All(biases.Index(), b => Assert.Equal(b.Item, exported.Biases[b.Index] * inputScale * exported.WeightScales[b.Index], 1e-5));
        Assert.Equal(7, exported.Weights.Chunk(12).Count(row => row.Any(w => Math.Abs((int)w) == 127)));
    }

    [Fact]
    public void A_convolution_is_exported_kernel_first()
    {
        var layer = Convolution(new ConvolutionGeometry(3, 1, 0, 0, IsDepthwise: false), inputs: 2, outputs: 1, [1, 2, 3, 10, 20, 127]); // [N, C, kernel]

        Assert.Equal([1, 10, 2, 20, 3, 127], IntegerLayer.FromConvolution(layer, 1).Weights.Select(w => (int)w));
    }

    [Fact]
    public void A_depthwise_convolution_is_exported_time_by_time()
    {
        var layer = Convolution(new ConvolutionGeometry(3, 1, 0, 0, IsDepthwise: true), inputs: 2, outputs: 2, [1, 2, 127, 10, 20, 127]); // [C, 1, kernel]

        Assert.Equal([1, 10, 2, 20, 127, 127], IntegerLayer.FromDepthwise(layer, 1).Weights.Select(w => (int)w));
    }

    [Fact]
    public void Gradients_pass_the_rounding_of_weights()
    {
        var weights = tensor(new float[] { -1, 0.3f, 0.5f, 1 }, requires_grad: true);

        FakeQuantization.Weights(weights.reshape(1, 4), tensor(new[] { 1f / 127 })).sum().backward();

        Assert.Equal([1, 1, 1, 1], weights.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Weights_beyond_their_scale_end_at_the_same_step_on_both_sides()
    {
        using var weights = tensor(new float[] { -2, -1.27f, 1.27f, 2 }).reshape(1, 4);

        using var steps = FakeQuantization.WeightSteps(weights, tensor(new[] { 0.01f }));

        Assert.Equal([-127, -127, 127, 127], steps.data<float>().ToArray());
    }

    private static AffineLayer Convolution(ConvolutionGeometry over, int inputs, int outputs, float[] weights)
    {
        var layer = AffineLayer.Convolution(inputs, outputs, over, normAfter: false, activation: null);
        using var inference = no_grad();
        layer.Weight.copy_(tensor(weights).reshape(layer.Weight.shape));
        return layer;
    }

    /// <summary>In single precision a few of a million quotients fall to the other side of a half.</summary>
    [Fact]
    public void Whole_weights_are_those_that_are_exported()
    {
        manual_seed(1);
        using var layer = AffineLayer.Linear(1000, 1000, normBefore: false);
        using var inference = no_grad();

        sbyte[] exported = IntegerLayer.FromLinear(layer, inputScale: 0.013).Weights;
        float[] trained = StraightThrough.Values(FakeQuantization.ExactWeightSteps(layer.Weight, layer.WeightScales()));
        float[] single = StraightThrough.Values(FakeQuantization.WeightSteps(layer.Weight, layer.WeightScales()));

        Assert.Equal(exported, trained.Select(step => (sbyte)step));
        Assert.NotEqual(exported, single.Select(step => (sbyte)step));
    }
}
