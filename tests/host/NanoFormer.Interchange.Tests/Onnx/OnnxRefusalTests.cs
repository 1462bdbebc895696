
namespace NanoFormer.Interchange.Tests.Onnx;

public sealed class OnnxRefusalTests
{
    private const int Tokens = 10;
    private const int Channels = 5;
    private const int Width = 8;

    [Theory]
    [InlineData("MaxPool", "stride")]
    [InlineData("Einsum", "matmul")]
    [InlineData("GRU", "attention")]
    [InlineData("InstanceNormalization", "BatchNorm")]
    public void A_node_that_is_not_supported_is_named_with_what_to_use_instead(string kind, string advice)
    {
        var torch = new TorchGraph(5);
        string x = torch.Nodes.Add(kind, torch.Linear("x", Channels, Width));
        var fault = Refusal(Pooled(torch, x));

        Assert.Equal(InterchangeError.NodeNotSupported, fault.Error);
        Assert.Contains(kind, fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tanh_approximation_of_GELU_is_refused()
    {
        var torch = new TorchGraph(7);
        string x = torch.Nodes.Add("Gelu", [torch.Linear("x", Channels, Width)], OnnxMessages.Attribute("approximate", "tanh"));
        var fault = Refusal(Pooled(torch, x));

        Assert.Contains("tanh approximation", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_that_are_no_LayerNorm_are_refused()
    {
        var torch = new TorchGraph(8);
        string x = torch.Linear("x", Channels, Width);
        string odd = torch.Nodes.Add("Sub", x, torch.Mean(x, -1));
        var fault = Refusal(Pooled(torch, odd));

        Assert.Contains("ReduceMean", fault.Message, StringComparison.Ordinal);
        Assert.Contains("LayerNorm", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dynamic_number_of_samples_is_refused()
    {
        var torch = new TorchGraph(9);
        var fault = Refusal(torch.File(torch.Mean("x", 1, isRankKept: false), Channels, null, null, Channels));

        Assert.Equal(InterchangeError.BadTensor, fault.Error);
        Assert.Contains("fixed number of samples", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_bytes_are_no_ONNX_file()
    {
        byte[] file = OnnxImporterTests.TrainerLike(seed: 3);

        Assert.Equal(InterchangeError.BadFile, Refusal([1, 2, 3]).Error);
        Assert.Equal(InterchangeError.BadFile, Refusal(file[..^40]).Error);
    }

    private static byte[] Pooled(TorchGraph torch, string tokens) =>
        torch.File(torch.Gemm(torch.Mean(tokens, 1, isRankKept: false), Width, 3), 3, null, Tokens, Channels);

    private static InterchangeException Refusal(byte[] file) =>
        Assert.Throws<InterchangeException>(() => OnnxImporter.Import(file, "refused"));
}
