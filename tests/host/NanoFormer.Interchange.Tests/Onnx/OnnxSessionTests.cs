using Google.Protobuf;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Onnx;

public sealed class OnnxSessionTests
{
    private const int Inputs = 64;

    /// <summary>
    /// Weights and inputs so great that pairs of their products leave 16 bits. The expected sum is exact; what the instruction of a
    /// processor without VNNI makes of it is computed beside it, to show that the case tells the two apart.
    /// </summary>
    [Fact]
    public void Products_that_leave_16_bits_are_summed_exactly()
    {
        const float Scale = 0.01f;
        const int Value = 100;
        sbyte[] weights = [.. Enumerable.Range(0, Inputs).Select(i => (sbyte)(i < 48 ? 127 : -127))];
        using var session = new OnnxSession(LinearFile(weights, Scale));

        float[] window = new float[Inputs];
        Array.Fill(window, Value * Scale);
        float[] actual = session.Run(window, 1, 1, Inputs);

        int exact = weights.Sum(weight => Value * weight);
        int saturated = weights.Chunk(2).Sum(pair => SaturatedPair(Value, pair));
        Assert.Equal(MathF.Round(exact * Scale * Scale), Assert.Single(actual));
        Assert.True(Math.Abs(saturated - exact) * Scale * Scale > 10);
    }

    [Fact]
    public void Every_session_asks_for_precision_and_a_quantized_file_says_so_itself()
    {
        using var session = new OnnxSession(OnnxExporter.ExportQuantized(Samples.Encoder()));

        Assert.Equal("1", OnnxSession.Settings["session.x64quantprecision"]);
        Assert.Equal("1", session.Metadata("session.x64quantprecision"));
    }

    [Fact]
    public void Sessions_are_opened_in_one_place()
    {
        string[] files = [.. new[] { "tools", "tests" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))];
        string opening = "new " + "InferenceSession(";

        string file = Assert.Single(files, file => File.ReadAllText(file).Contains(opening, StringComparison.Ordinal));
        Assert.Equal("OnnxSession.cs", Path.GetFileName(file));
    }

    /// <summary>What the instruction vpmaddubsw makes of two uint8 (zero point 128) and two int8: their sum cut off at 16 bits.</summary>
    private static int SaturatedPair(int value, sbyte[] pair)
    {
        const int ZeroPoint = 128;
        int sum = Math.Clamp((value + ZeroPoint) * pair.Sum(weight => weight), short.MinValue, short.MaxValue);
        return sum - ZeroPoint * pair.Sum(weight => weight);
    }

    /// <summary>A linear layer of one output as QDQ, the output in steps of one.</summary>
    private static byte[] LinearFile(sbyte[] weights, float scale)
    {
        var nodes = new OnnxNodes(isQuantized: true);
        string x = nodes.Quantized("x", new Quantization(scale, 0));
        var quantized = new QuantizedConstant(weights, [scale]);
        string matrix = nodes.Constant([Inputs, 1], new FloatConstant([.. weights.Select(w => w * scale)], quantized));
        nodes.AddNamed("Identity", "y", [nodes.Quantized(nodes.Add("MatMul", x, matrix), new Quantization(1, 0))]);
        return nodes.Model("linear", OnnxMessages.Value("x", 1, 1, Inputs), OnnxMessages.Value("y", 1, 1, 1)).ToByteArray();
    }
}
