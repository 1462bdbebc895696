using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Onnx;

public sealed class DequantizerTests
{
    private static readonly Quantization Positive = new(0.1, sbyte.MinValue);

    [Fact]
    public void A_zero_point_of_minus_128_is_a_relu_but_not_in_front_of_a_softmax()
    {
        var builder = new GraphBuilder("positive", new InputSpecification([new InputChannel("x", "g", 1.0)], 4, 4, 1000))
        {
            Labels = ["still", "walk"],
        };
        var x = builder.Quantize([0], [1.0], new Quantization(0.1, 0));
        var hidden = builder.Linear(x, [1, 2, 3], [0.01, 0.01, 0.01], [0, 0, 0], Positive);
        var pooled = builder.Mean(hidden, Positive);
        var logits = builder.Linear(pooled, [1, 2, 3, 4, 5, 6], [0.01, 0.01], [0, 0], Positive);

        var network = Dequantizer.Run(builder.Build(builder.Softmax(logits)));

        Assert.Equal(
            [typeof(FloatScale), typeof(FloatLinear), typeof(FloatClip), typeof(FloatMean), typeof(FloatLinear), typeof(FloatSoftmax)],
            network.Steps.Select(step => step.GetType()));
        Assert.True(network.Steps[2] is FloatClip { Low: 0, High: float.PositiveInfinity });
    }
}
