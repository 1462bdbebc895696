using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Onnx.Import;
using NanoFormer.Interchange.Tests.Onnx;
using NanoFormer.Interchange.Weights;

namespace NanoFormer.Interchange.Tests.Weights;

public sealed class EncoderReaderTests
{
    [Fact]
    public void A_network_of_PyTorch_becomes_one_of_the_trainer()
    {
        FloatNetwork network = OnnxImporter.Import(OnnxImporterTests.TrainerLike(seed: 3), "imported");

        EncoderFile file = EncoderReader.Read(network);

        Assert.Equal([new EncoderConvolution(6, 5, 2), new EncoderConvolution(8, 3, 1)], file.Shape.Convolutions);
        Assert.Equal((2, 2, 4, 16), (file.Shape.Blocks, file.Shape.Heads, file.Shape.HeadColumns, file.Shape.FeedForward));
        EncoderShape reread = EncoderShape.Parse($$"""{ "architecture": {{file.Shape.ToJson().ToJsonString()}} }""");
        RequireSameAnswers(network, EncoderWeights.ToNetwork("again", reread, file.Tensors, network.Input.Rows, file.Ranges));
    }

    [Fact]
    public void An_integer_model_becomes_weights_again()
    {
        FloatNetwork network = Dequantizer.Run(Samples.Encoder(2));

        EncoderFile file = EncoderReader.Read(network);

        RequireSameAnswers(network, EncoderWeights.ToNetwork("again", file.Shape, file.Tensors, network.Input.Rows, file.Ranges));
    }

    [Fact]
    public void What_the_trainer_does_not_have_is_named()
    {
        FloatNetwork network = Dequantizer.Run(Samples.Unusual(2));

        InterchangeException fault = Assert.Throws<InterchangeException>(() => EncoderReader.Read(network));

        Assert.Equal(InterchangeError.BadDescription, fault.Error);
    }

    [Fact]
    public void A_missing_tensor_and_one_of_another_shape_are_named()
    {
        EncoderFile file = EncoderReader.Read(OnnxImporter.Import(OnnxImporterTests.TrainerLike(seed: 3), "imported"));
        var tensors = new Dictionary<string, WeightTensor>(file.Tensors);
        tensors["head.bias"] = WeightTensor.Vector(new float[5]);
        Assert.Contains("head.bias", Fault(tensors).Message, StringComparison.Ordinal);
        tensors.Remove("blocks.1.expand.weight");
        Assert.Contains("blocks.1.expand.weight", Fault(tensors).Message, StringComparison.Ordinal);

        InterchangeException Fault(Dictionary<string, WeightTensor> weights) => Assert.Throws<InterchangeException>(
            () => EncoderWeights.ToNetwork("again", file.Shape, weights, 20, file.Ranges));
    }

    private static void RequireSameAnswers(FloatNetwork first, FloatNetwork second)
    {
        var random = new Random(1);
        for (int i = 0; i < 5; i++)
        {
            float[] window = [.. Enumerable.Range(0, first.Input.Count).Select(_ => (float)(2 * random.NextDouble() - 1))];
            float[] expected = FloatEvaluator.Run(first, window);
            Assert.All(FloatEvaluator.Run(second, window).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        }
    }
}
