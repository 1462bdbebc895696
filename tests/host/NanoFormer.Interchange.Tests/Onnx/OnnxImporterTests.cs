using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Onnx;

public sealed class OnnxImporterTests
{
    private const int Tokens = 10;
    private const int Channels = 5;
    private const int Width = 8;
    private const int Heads = 2;

    [Fact]
    public void A_TransformerEncoderLayer_with_LayerNorm_behind_and_ReLU()
    {
        var torch = new TorchGraph(1);
        string x = torch.Linear("x", Channels, Width);
        x = torch.Nodes.Add("Add", x, torch.Weights(1, Tokens, Width));
        for (int i = 0; i < 2; i++)
        {
            string attended = torch.MultiheadAttention(torch.Nodes.Transpose(x, 1, 0, 2), Tokens, Width, Heads);
            x = torch.LayerNorm(torch.Nodes.Add("Add", x, torch.Nodes.Transpose(attended, 1, 0, 2)), Width);
            string hidden = torch.Nodes.Add("Relu", torch.Linear(x, Width, 2 * Width));
            x = torch.LayerNorm(torch.Nodes.Add("Add", x, torch.Linear(hidden, 2 * Width, Width)), Width);
        }

        byte[] file = torch.File(torch.Gemm(torch.Mean(x, 1, isRankKept: false), Width, 3), 3, null, Tokens, Channels);

        var network = RequireSameAnswers(file, Tokens, Channels);
        var attention = network.Steps.OfType<FloatAttention>().First();
        Assert.Equal((Heads, 2), (attention.Heads, network.Steps.OfType<FloatAttention>().Count()));
        Assert.True(attention.IsFull);
        Assert.Equal(4, network.Steps.OfType<FloatLayerNorm>().Count());
        Assert.DoesNotContain(network.Steps, step => step is FloatScale);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handwritten_attention_with_old_LayerNorm_in_front_and_GELU(bool isCausal)
    {
        var torch = new TorchGraph(2);
        string x = torch.Linear("x", Channels, Width);
        x = torch.Nodes.Add("Add", x, torch.HandwrittenAttention(torch.OldLayerNorm(x, Width), Tokens, Width, Heads, isCausal));
        string hidden = torch.Gelu(torch.Linear(torch.OldLayerNorm(x, Width), Width, 2 * Width));
        x = torch.Nodes.Add("Add", x, torch.Linear(hidden, 2 * Width, Width));
        string last = torch.Nodes.Add("Squeeze", torch.Nodes.Slice(x, 1, -1, int.MaxValue, 1), torch.Nodes.Shape(1));
        byte[] file = torch.File(torch.Gemm(last, Width, 3), 3, 1, Tokens, Channels);

        var network = RequireSameAnswers(file, Tokens, Channels);

        var attention = Assert.Single(network.Steps.OfType<FloatAttention>());
        Assert.Equal(isCausal ? 0 : Tokens - 1, attention.After);
        Assert.Equal(FloatFunctionKind.Gelu, Assert.Single(network.Steps.OfType<FloatFunction>()).Function);
        Assert.Equal(2, network.Steps.OfType<FloatLayerNorm>().Count());
        Assert.Single(network.Steps.OfType<FloatLast>());
    }

    [Fact]
    public void Convolutions_with_BatchNorm_that_folds_into_its_neighbours()
    {
        var network = RequireSameAnswers(TrainerLike(seed: 3), 20, Channels, isChannelsFirst: true);

        Assert.Equal(2, network.Steps.OfType<FloatConvolution>().Count());
        Assert.Single(network.Steps.OfType<FloatAddConstant>());
        Assert.DoesNotContain(network.Steps, step => step is FloatScale);
    }

    [Fact]
    public void A_linear_layer_over_all_tokens_becomes_a_convolution()
    {
        var torch = new TorchGraph(4);
        string flat = torch.Nodes.Add("Flatten", [torch.Nodes.Transpose(torch.Linear("x", Channels, Width), 0, 2, 1)],
            OnnxMessages.Attribute("axis", 1));
        byte[] file = torch.File(torch.Nodes.Add("Tanh", torch.Gemm(flat, Width * Tokens, 3)), 3, null, Tokens, Channels);

        var network = RequireSameAnswers(file, Tokens, Channels);

        Assert.Equal(Tokens, Assert.Single(network.Steps.OfType<FloatConvolution>()).Kernel);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void What_was_exported_comes_back(int seed)
    {
        var graph = Samples.Encoder(seed);
        var network = Dequantizer.Run(graph);
        var back = OnnxImporter.Import(OnnxExporter.ExportFloat(network), "back");
        var random = new Random(1);
        for (int i = 0; i < 5; i++)
        {
            float[] window = OnnxExporterTests.Physical(graph, Samples.Window(graph, random));
            float[] expected = FloatEvaluator.Run(network, window);
            Assert.All(FloatEvaluator.Run(back, window).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        }
    }

    [Theory]
    [InlineData("wearable-har")]
    [InlineData("fan-imbalance")]
    [InlineData("industrial-bearing")]
    [InlineData("industrial-skab")]
    [InlineData("drone-flight")]
    [InlineData("wearable-har-tiny")]
    [InlineData("wearable-har-stream")]
    public void What_is_exported_of_a_shipped_model_comes_back(string name)
    {
        string folder = Path.Combine(Repository.Root, "model-blobs", name);
        var graph = ImageReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.nfm"))).Graph;
        var network = Dequantizer.Run(graph);
        byte[] file = OnnxExporter.ExportFloat(network);

        EncoderConformanceTests.RequireSame(OnnxImporter.Import(file, name), file);

        string twin = Path.Combine(folder, "model.onnx");
        if (File.Exists(twin))
        {
            EncoderConformanceTests.RequireSame(OnnxImporter.ImportFile(twin, name), File.ReadAllBytes(twin));
        }
    }

    [Fact]
    public void A_class_token_is_a_constant_row_before_the_others()
    {
        var torch = new TorchGraph(6);
        string x = torch.Nodes.Add("Concat", [torch.Weights(1, 1, Width), torch.Linear("x", Channels, Width)],
            OnnxMessages.Attribute("axis", 1));
        x = torch.Nodes.Add("Add", x, torch.HandwrittenAttention(x, Tokens + 1, Width, Heads, isCausal: false));
        string first = torch.Nodes.Add("Squeeze", torch.Nodes.Slice(x, 1, 0, 1, 1), torch.Nodes.Shape(1));

        RequireSameAnswers(torch.File(torch.Gemm(first, Width, 3), 3, null, Tokens, Channels), Tokens, Channels);
    }

    [Theory]
    [InlineData(DistanceNorm.Absolute, 0)]
    [InlineData(DistanceNorm.Absolute, 1)]
    [InlineData(DistanceNorm.Squared, 2)]
    public void An_anomaly_score_comes_back(DistanceNorm norm, int lag)
    {
        var graph = Samples.Scored(1, norm, lag);
        byte[] file = OnnxExporter.ExportFloat(Dequantizer.Run(graph));

        var network = RequireSameAnswers(file, graph.Window.Rows, graph.Window.Columns);
        Assert.Equal((norm, lag), network.Steps.OfType<FloatDistance>().Select(step => (step.Norm, step.Lag)).Single());
    }

    /// <summary>A network of the form that the trainer has, as PyTorch would export it.</summary>
    internal static byte[] TrainerLike(int seed)
    {
        const int After = 10;
        var torch = new TorchGraph(seed);
        string x = torch.ConvNormRelu("x", Channels, 6, 5, 2);
        x = torch.Nodes.Transpose(torch.ConvNormRelu(x, 6, Width, 3, 1), 0, 2, 1);
        x = torch.Nodes.Add("Add", x, torch.Weights(After, Width));
        for (int i = 0; i < 2; i++)
        {
            x = torch.Nodes.Add("Add", x, torch.HandwrittenAttention(Normalized(x), After, Width, Heads, isCausal: false));
            string hidden = torch.Nodes.Add("Relu", torch.Linear(Normalized(x), Width, 2 * Width));
            x = torch.Nodes.Add("Add", x, torch.Linear(hidden, 2 * Width, Width));
        }

        string pooled = torch.BatchNorm(torch.Mean(x, 1, isRankKept: false), Width);
        string answer = torch.Nodes.Add("Softmax", [torch.Gemm(pooled, Width, 3)], OnnxMessages.Attribute("axis", 1));
        return torch.File(answer, 3, null, Channels, 20);

        string Normalized(string tokens) => torch.Nodes.Transpose(torch.BatchNorm(torch.Nodes.Transpose(tokens, 0, 2, 1), Width), 0, 2, 1);
    }

    private static FloatNetwork RequireSameAnswers(byte[] file, int rows, int columns, bool isChannelsFirst = false)
    {
        var network = OnnxImporter.Import(file, "imported");
        using var original = new OnnxSession(file);
        using var exported = new OnnxSession(OnnxExporter.ExportFloat(network));
        var random = new Random(1);
        double spread = 0;
        for (int i = 0; i < 5; i++)
        {
            float[] window = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(4 * random.NextDouble() - 2))];
            float[] given = isChannelsFirst ? new Reordering([rows, columns], [1, 0]).Apply(window) : window;
            float[] expected = isChannelsFirst ? original.Run(given, 1, columns, rows) : original.Run(given, 1, rows, columns);
            Assert.All(FloatEvaluator.Run(network, window).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
            Assert.All(exported.Run(window, 1, rows, columns).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
            spread = Math.Max(spread, expected.Max() - expected.Min());
        }

        Assert.True(spread > 0.01);
        return network;
    }
}
