using NanoFormer.Training.Network;
using NanoFormer.Training.Operators;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

/// <summary>Convolutions in training against sums written out: those of libtorch were found to be wrong for some sizes.</summary>
public sealed class ConvolutionTests : TorchTests
{
    [Theory]
    [InlineData(16, 24, 9, 2, false, 64)]
    [InlineData(24, 32, 5, 2, false, 128)] // conv1d is wrong here
    [InlineData(24, 32, 5, 1, false, 32)]
    [InlineData(12, 40, 3, 2, false, 64)]
    [InlineData(6, 16, 15, 4, false, 128)]
    [InlineData(24, 24, 5, 2, true, 128)]
    [InlineData(32, 32, 5, 1, true, 64)]
    public void Every_output_is_the_sum_of_its_products(int inputs, int outputs, int kernel, int stride, bool isDepthwise, int samples)
    {
        const int windows = 128;
        using var inference = no_grad();
        var layer = AffineLayer.Convolution(inputs, outputs, new ConvolutionGeometry(kernel, stride, kernel / 2, kernel / 2, isDepthwise), normAfter: false, null);
        var input = randn(windows, samples, inputs);

        var output = FloatOperators.Product(input, layer);

        int rows = ((samples + (2 * (kernel / 2)) - kernel) / stride) + 1;
        Assert.Equal([windows, rows, outputs], output.shape);
        float[] weights = layer.Weight.data<float>().ToArray(), values = input.data<float>().ToArray(), answers = output.contiguous().data<float>().ToArray();
        for (int i = 0; i < answers.Length; i++)
        {
            var (window, row, channel) = (i / (rows * outputs), i / outputs % rows, i % outputs);
            double sum = 0;
            for (int k = 0; k < kernel; k++)
            {
                int sample = (row * stride) + k - (kernel / 2);
                for (int c = 0; c < (isDepthwise ? 1 : inputs) && sample >= 0 && sample < samples; c++)
                {
                    sum += values[(((window * samples) + sample) * inputs) + (isDepthwise ? channel : c)] * weights[(((channel * (isDepthwise ? 1 : inputs)) + c) * kernel) + k];
                }
            }

            Assert.True(Math.Abs(answers[i] - sum) < 1e-3, $"window {window}, row {row}, channel {channel}: {answers[i]}, not {sum}");
        }
    }
}
