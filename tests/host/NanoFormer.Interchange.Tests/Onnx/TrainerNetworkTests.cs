using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Onnx;
using NanoFormer.Interchange.Weights;
using NanoFormer.Training;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Encoder;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoFormer.Interchange.Tests.Onnx;

/// <summary>From the trainer's own network over a weights file to ONNX.</summary>
public sealed class TrainerNetworkTests
{
    private const int WindowSamples = 32;
    private const int Channels = 3;
    private const int Classes = 4;

    private const string Architecture = """
        "convolutions": [ { "channels": 8, "kernel": 5, "stride": 2 }, { "channels": 8, "kernel": 4, "stride": 2 } ],
        "blocks": 2, "heads": 2, "headColumns": 5, "feedForward": 16
        """;

    [Fact]
    public void The_float_file_gives_the_answers_of_the_network_in_TorchSharp()
    {
        using DisposeScope scope = TorchOrSkip();
        using FloatEncoder encoder = Trained();
        var file = SafetensorsFile.Parse(new SafetensorsFile(Tensors(encoder)).ToBytes());
        EncoderShape shape = EncoderShape.Parse($$"""{ "name": "tiny", "architecture": { {{Architecture}} } }""");
        FloatNetwork network = EncoderWeights.ToNetwork("tiny", shape, file.Tensors, WindowSamples, [2, 2, 4]);
        using var run = new OnnxRun(OnnxExporter.ExportFloat(network));

        Tensor windows = 2 * randn(16, WindowSamples, Channels);
        float[] expected = Values(encoder.forward(windows).softmax(-1));
        Tensor physical = windows * tensor(new float[] { 2, 2, 4 });
        float[] actual = run.Run(Values(physical), 16, WindowSamples, Channels);

        Assert.All(actual.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.True(expected.Max() - expected.Min() > 0.05);
    }

    private static DisposeScope TorchOrSkip()
    {
        try
        {
            TorchRuntime.Load();
            manual_seed(1);
            set_num_threads(1);
            return NewDisposeScope();
        }
        catch (Exception fault) when (fault is DllNotFoundException or NotSupportedException or TypeInitializationException)
        {
            Assert.Skip("libtorch is not installed for this platform.");
            throw;
        }
    }

    /// <summary>A network whose norms have moved away from mean 0 and deviation 1.</summary>
    private static FloatEncoder Trained()
    {
        var options = new ArchitectureOptions
        {
            Convolutions = [new ConvolutionOptions(8, 5, 2), new ConvolutionOptions(8, 4, 2)],
            Blocks = 2,
            Heads = 2,
            HeadColumns = 5,
            FeedForward = 16,
        };
        var encoder = new FloatEncoder(options, WindowSamples, Channels, Classes, dropRate: 0.1);
        encoder.train();
        for (int i = 0; i < 20; i++)
        {
            encoder.forward(3 * randn(16, WindowSamples, Channels) + 1);
        }

        encoder.eval();
        return encoder;
    }

    private static Dictionary<string, WeightTensor> Tensors(FloatEncoder encoder) => encoder.state_dict()
        .Where(entry => entry.Value.dtype == ScalarType.Float32)
        .ToDictionary(entry => entry.Key, entry => new WeightTensor([.. entry.Value.shape.Select(size => (int)size)], Values(entry.Value)));

    private static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
