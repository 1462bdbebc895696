using Google.Protobuf;

namespace NanoFormer.Interchange.Tests.Onnx;

/// <summary>
/// Writes ONNX files with the chains of nodes that PyTorch's exporter is documented to write for its modules, over random weights.
/// </summary>
internal sealed class TorchGraph(int seed)
{
    private readonly Random _random = new(seed);

    public OnnxNodes Nodes { get; } = new(isQuantized: false);

    public byte[] File(string output, int columns, params long?[] input)
    {
        Nodes.AddNamed("Identity", "logits", [output]);
        var model = Nodes.Model("main_graph", OnnxMessages.Value("x", input), OnnxMessages.Value("logits", null, columns));
        return model.ToByteArray();
    }

    public float[] Random(int count, double size = 1, double center = 0) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(center + size * (2 * _random.NextDouble() - 1)))];

    public string Weights(params int[] shape) => Nodes.Constant(shape, Random(shape.Aggregate(1, (a, b) => a * b), 0.5));

    /// <summary>nn.Linear on three dimensions.</summary>
    public string Linear(string x, int inputs, int outputs) =>
        Nodes.Add("Add", Weights(outputs), Nodes.Add("MatMul", x, Weights(inputs, outputs)));

    /// <summary>nn.Linear on two dimensions.</summary>
    public string Gemm(string x, int inputs, int outputs) =>
        Nodes.Add("Gemm", [x, Weights(outputs, inputs), Weights(outputs)], OnnxMessages.Attribute("transB", 1),
            OnnxMessages.Attribute("alpha", 1f));

    public string LayerNorm(string x, int width) => Nodes.Add("LayerNormalization",
        [x, Nodes.Constant([width], Random(width, 0.5, 1)), Weights(width)], OnnxMessages.Attribute("axis", -1),
            OnnxMessages.Attribute("epsilon", 1e-5f));

    /// <summary>nn.LayerNorm before operator set 17.</summary>
    public string OldLayerNorm(string x, int width)
    {
        string centred = Nodes.Add("Sub", x, Mean(x, -1));
        string variance = Mean(Nodes.Add("Pow", centred, Nodes.Scalar(2)), -1);
        string normal = Nodes.Add("Div", centred, Nodes.Add("Sqrt", Nodes.Add("Add", variance, Nodes.Scalar(1e-5f))));
        return Nodes.Add("Add", Nodes.Add("Mul", normal, Nodes.Constant([width], Random(width, 0.5, 1))), Weights(width));
    }

    /// <summary>nn.GELU().</summary>
    public string Gelu(string x)
    {
        string erf = Nodes.Add("Erf", Nodes.Add("Div", x, Nodes.Scalar(MathF.Sqrt(2))));
        return Nodes.Add("Mul", Nodes.Add("Mul", x, Nodes.Add("Add", erf, Nodes.Scalar(1))), Nodes.Scalar(0.5f));
    }

    public string Mean(string x, int axis, bool isRankKept = true) =>
        Nodes.Add("ReduceMean", [x], OnnxMessages.Attribute("axes", [axis]), OnnxMessages.Attribute("keepdims", isRankKept ? 1 : 0));

    /// <summary>nn.MultiheadAttention with one packed projection, over tokens <c>[S, 1, D]</c>.</summary>
    public string MultiheadAttention(string x, int tokens, int width, int heads)
    {
        int size = width / heads;
        string packed = Nodes.Add("Reshape", Linear(x, width, 3 * width), Nodes.Shape(tokens, 1, 3, width));
        string unsqueezed = Nodes.Add("Unsqueeze", packed, Nodes.Shape(0));
        string parts = Nodes.Add("Squeeze", Nodes.Transpose(unsqueezed, 3, 1, 2, 0, 4), Nodes.Shape(-2));
        string q = Heads(Part(0));
        string k = Heads(Part(1));
        string v = Heads(Part(2));
        string root = Nodes.Scalar((float)Math.Pow(size, -0.25));
        string scores = Nodes.Add("MatMul", Nodes.Add("Mul", q, root), Nodes.Add("Mul", Nodes.Transpose(k, 0, 1, 3, 2), root));
        string weights = Nodes.Add("Softmax", [scores], OnnxMessages.Attribute("axis", -1));
        string context = Nodes.Transpose(Nodes.Add("MatMul", weights, v), 2, 0, 1, 3);
        string flat = Nodes.Add("Reshape", context, Nodes.Shape(tokens, width));
        return Nodes.Add("Reshape", Gemm(flat, width, width), Nodes.Shape(tokens, 1, width));

        string Part(int index) => Nodes.Add("Gather", [parts, Index(index)], OnnxMessages.Attribute("axis", 0));

        string Heads(string part)
        {
            string split = Nodes.Add("Reshape", part, Nodes.Shape(tokens, heads, size));
            return Nodes.Add("Reshape", Nodes.Transpose(split, 1, 0, 2), Nodes.Shape(1, heads, tokens, size));
        }
    }

    /// <summary>Attention as it is often written by hand, over tokens <c>[1, S, D]</c>, with sizes read from shapes.</summary>
    public string HandwrittenAttention(string x, int tokens, int width, int heads, bool isCausal)
    {
        int size = width / heads;
        string rows = Nodes.Add("Gather", [Nodes.Add("Shape", x), Index(1)], OnnxMessages.Attribute("axis", 0));
        string shape = Nodes.Add("Concat",
            [Nodes.Shape(1), Nodes.Add("Unsqueeze", rows, Nodes.Shape(0)), Nodes.Shape(heads, size)], OnnxMessages.Attribute("axis", 0));
        string q = Nodes.Transpose(Nodes.Add("Reshape", Linear(x, width, width), shape), 0, 2, 1, 3);
        string k = Nodes.Transpose(Nodes.Add("Reshape", Linear(x, width, width), shape), 0, 2, 3, 1);
        string v = Nodes.Transpose(Nodes.Add("Reshape", Linear(x, width, width), shape), 0, 2, 1, 3);
        string scores = Nodes.Add("Div", Nodes.Add("MatMul", q, k), Nodes.Scalar(MathF.Sqrt(size)));
        if (isCausal)
        {
            float[] mask = [.. Enumerable.Range(0, tokens * tokens).Select(i => i % tokens > i / tokens ? float.NegativeInfinity : 0)];
            scores = Nodes.Add("Add", scores, Nodes.Constant([tokens, tokens], mask));
        }

        string context = Nodes.Add("MatMul", Nodes.Add("Softmax", [scores], OnnxMessages.Attribute("axis", -1)), v);
        string joined = Nodes.Add("Reshape", Nodes.Transpose(context, 0, 2, 1, 3), Nodes.Shape(0, -1, width));
        return Linear(joined, width, width);
    }

    /// <summary>nn.Conv1d, nn.BatchNorm1d and ReLU over <c>[1, channels, samples]</c>.</summary>
    public string ConvNormRelu(string x, int inputs, int outputs, int kernel, int stride)
    {
        string y = Nodes.Add("Conv", [x, Weights(outputs, inputs, kernel)],
            OnnxMessages.Attribute("kernel_shape", [kernel]), OnnxMessages.Attribute("strides", [stride]),
            OnnxMessages.Attribute("pads", [kernel / 2, kernel / 2]), OnnxMessages.Attribute("dilations", [1]),
            OnnxMessages.Attribute("group", 1));
        return Nodes.Add("Relu", BatchNorm(y, outputs));
    }

    /// <summary>nn.BatchNorm1d over <c>[1, channels, samples]</c> or <c>[1, channels]</c>.</summary>
    public string BatchNorm(string x, int channels) => Nodes.Add("BatchNormalization",
        [
            x, Nodes.Constant([channels], Random(channels, 0.5, 1)), Weights(channels), Weights(channels),
            Nodes.Constant([channels], Random(channels, 0.4, 1)),
        ],
        OnnxMessages.Attribute("epsilon", 1e-5f));

    private string Index(long value)
    {
        string vector = Nodes.Shape(value);
        return Nodes.Add("Squeeze", vector, Nodes.Shape(0));
    }
}
