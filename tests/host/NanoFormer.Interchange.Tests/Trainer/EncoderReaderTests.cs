using NanoFormer.Interchange.Tests.Onnx;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Import;
using NanoFormer.Training.Network;
using NanoFormer.Training.Operators;
using static TorchSharp.torch;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>Networks that did not come of the trainer.</summary>
public sealed class EncoderReaderTests : TorchTests
{
    private const int Tokens = 10;
    private const int Channels = 5;
    private const int Width = 8;

    [Fact]
    public void A_network_of_PyTorch_becomes_one_of_the_trainer()
    {
        var network = OnnxImporter.Import(OnnxImporterTests.TrainerLike(seed: 3), "imported model");

        var encoder = EncoderReader.Read(network);
        var config = encoder.Configure("imported model");

        Assert.Equal("importedmodel", config.Name);
        Assert.Equal([6, 8], config.Architecture.Streams[0].Convolutions.Select(conv => conv.Channels));
        Assert.Equal(Enumerable.Repeat(new BlockOptions { Heads = 2, HeadColumns = 4, FeedForward = 16 }, 2), config.Architecture.Blocks);
        RequireSameAnswers(network, TrainingConfig.Parse(config.ToJson()), encoder);
    }

    [Fact]
    public void Its_weights_are_made_for_other_ranges()
    {
        var network = OnnxImporter.Import(OnnxImporterTests.TrainerLike(seed: 3), "imported");

        var encoder = EncoderReader.Read(network, [4, 4, 4, 30, 0.5]);

        RequireSameAnswers(network, encoder.Configure("imported"), encoder);
        var fault = Assert.Throws<ConfigException>(() => EncoderReader.Read(network, [4, 4]));
        Assert.Contains("input.ranges", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_norm_first_layers_with_GELU_becomes_one_with_LayerNorm()
    {
        var network = OnnxImporter.Import(NormFirst(), "imported");

        var encoder = EncoderReader.Read(network);

        Assert.Equal((NormKind.Layer, ActivationKind.Gelu, PoolingKind.Last),
            (encoder.Architecture.Norm, encoder.Architecture.Activation, encoder.Architecture.Pooling));
        Assert.Equal(new AttentionOptions { Causal = true }, encoder.Architecture.Attention);
        RequireSameAnswers(network, encoder.Configure("imported"), encoder);
    }

    [Fact]
    public void An_integer_model_becomes_weights_again()
    {
        var network = Dequantizer.Run(Samples.Encoder(2));

        var encoder = EncoderReader.Read(network);

        RequireSameAnswers(network, encoder.Configure("again"), encoder);
    }

    [Theory]
    [InlineData("LayerNorm comes before the pooling")]
    [InlineData("norm_first=True")]
    [InlineData("ReLU, ReLU6, GELU, SiLU or tanh was expected")]
    [InlineData("is not padded by half its kernel")]
    [InlineData("is not padded by kernel less stride")]
    public void What_the_trainer_does_not_have_is_named(string why)
    {
        var network = why switch
        {
            "norm_first=True" => OnnxImporter.Import(NormBehind(), "refused"),
            "is not padded by half its kernel" => Dequantizer.Run(Samples.Unusual(2)),
            "ReLU, ReLU6, GELU, SiLU or tanh was expected" => OnnxImporter.Import(NormFirst(hasActivation: false), "refused"),
            "is not padded by kernel less stride" => OnnxImporter.Import(NormFirst(padding: 0), "refused"),
            _ => OnnxImporter.Import(NormFirst(isLast: false), "refused"),
        };

        var fault = Assert.Throws<ConfigException>(() => EncoderReader.Read(network));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A convolution, a block with norms before its parts and causal attention, the last token.</summary>
    private static byte[] NormFirst(bool isLast = true, bool hasActivation = true, int padding = 2)
    {
        int tokens = Tokens + padding - 2;
        var torch = new TorchGraph(5);
        string window = torch.Nodes.Transpose("x", 0, 2, 1);
        string front = torch.Nodes.Add("Conv", [window, torch.Weights(Width, Channels, 3), torch.Weights(Width)],
            OnnxMessages.Attribute("pads", [padding, 0]));
        string x = torch.Nodes.Transpose(hasActivation ? torch.Gelu(front) : front, 0, 2, 1);
        x = torch.Nodes.Add("Add", x, torch.HandwrittenAttention(torch.LayerNorm(x, Width), tokens, Width, 2, isCausal: true));
        string hidden = torch.Gelu(torch.Linear(torch.LayerNorm(x, Width), Width, 12));
        x = torch.LayerNorm(torch.Nodes.Add("Add", x, torch.Linear(hidden, 12, Width)), Width);
        string pooled = isLast
            ? torch.Nodes.Add("Squeeze", torch.Nodes.Slice(x, 1, -1, int.MaxValue, 1), torch.Nodes.Shape(1))
            : torch.Mean(x, 1, isRankKept: false);
        return torch.File(torch.Gemm(pooled, Width, 3), 3, null, Tokens, Channels);
    }

    /// <summary>A block with norms behind its sums, as PyTorch's layers have them unless asked otherwise.</summary>
    private static byte[] NormBehind()
    {
        var torch = new TorchGraph(6);
        string x = torch.Nodes.Add("Relu", torch.Linear("x", Channels, Width));
        x = torch.LayerNorm(torch.Nodes.Add("Add", x, torch.HandwrittenAttention(x, Tokens, Width, 2, isCausal: false)), Width);
        string hidden = torch.Nodes.Add("Relu", torch.Linear(x, Width, 12));
        x = torch.LayerNorm(torch.Nodes.Add("Add", x, torch.Linear(hidden, 12, Width)), Width);
        return torch.File(torch.Gemm(torch.Mean(x, 1, isRankKept: false), Width, 3), 3, null, Tokens, Channels);
    }

    /// <summary>
    /// What the file computes and what the trainer's network does with the weights read, for windows within the ranges of either.
    /// </summary>
    private static void RequireSameAnswers(FloatNetwork network, TrainingConfig config, ImportedEncoder encoder)
    {
        (int rows, int columns) = (network.Input.Rows, network.Input.Columns);
        float[] ranges = [.. config.Input.Ranges.Select(range => (float)range)];
        var windows = (2 * rand(8, rows, columns) - 1) * 0.99 * tensor(ranges);
        float[] expected = [.. Values(windows).Chunk(rows * columns).SelectMany(window => FloatEvaluator.Run(network, window))];

        using var own = Encoder.Create(config.Architecture, rows, columns, network.Output.Columns);
        own.TakeWeights(encoder.Weights);
        own.eval();
        using var scaling = new InputScaling(config.Input);
        var operators = new FloatOperators(scaling.Apply(windows));
        var logits = own.Run(operators).Logits!;
        bool isProbability = network.Steps[^1] is FloatSoftmax;
        RequireNear(expected, Values(isProbability ? logits.softmax(-1) : logits));
    }
}
