using System.Globalization;
using NanoFormer.Interchange.Networks;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx;

/// <summary>Collects the nodes and constants of a file. Methods that add something give the name of its result.</summary>
/// <param name="isQuantized">Whether what has a quantization passes through int8.</param>
internal sealed class OnnxNodes(bool isQuantized)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];

    /// <summary>In the order they run.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The constants they read.</summary>
    public IReadOnlyList<OnnxTensor> Constants => _constants;

    /// <summary>A node without attributes.</summary>
    public string Add(string kind, params string[] inputs) => Add(kind, inputs, []);

    /// <summary>A node.</summary>
    public string Add(string kind, string[] inputs, params OnnxAttribute[] attributes)
    {
        string output = string.Create(CultureInfo.InvariantCulture, $"{kind}_{_nodes.Count}");
        _nodes.Add(new OnnxNode(kind, output, inputs, [output + "_out"], attributes));
        return output + "_out";
    }

    /// <summary>A node whose result has a given name.</summary>
    public void AddNamed(string kind, string output, string[] inputs) =>
        _nodes.Add(new OnnxNode(kind, output + "_node", inputs, [output], []));

    /// <summary>A tensor with its dimensions in another order.</summary>
    public string Transpose(string x, params long[] order) => Add("Transpose", [x], new OnnxAttribute("perm") { Ints = order });

    /// <summary>Indices from one on, up to another, along an axis.</summary>
    public string Slice(string x, int axis, int first, int end, int step) =>
        Add("Slice", x, Shape(first), Shape(end), Shape(axis), Shape(step));

    /// <summary>A constant of whole numbers.</summary>
    public string Shape(params long[] sizes) => AddConstant(OnnxTensor.Of(NextName(), sizes));

    /// <summary>A single number.</summary>
    public string Scalar(float value) => AddConstant(OnnxTensor.Of(NextName(), [], [value]));

    /// <summary>A float constant.</summary>
    public string Constant(IReadOnlyList<int> shape, float[] values) => AddConstant(OnnxTensor.Of(NextName(), Long(shape), values));

    /// <summary>A constant in the order of its dimensions.</summary>
    public string Constant(IReadOnlyList<int> shape, FloatConstant constant) =>
        Constant(shape, constant, new Reordering([constant.Values.Length], [0]), axis: 0);

    /// <summary>
    /// A constant, reordered; int8 behind a DequantizeLinear where it is quantized. <paramref name="axis"/> is that of the scales, if
    /// there is
    /// more than one.
    /// </summary>
    public string Constant(IReadOnlyList<int> shape, FloatConstant constant, Reordering reordering, int axis)
    {
        if (!isQuantized || constant.Quantized is not { } quantized)
        {
            return Constant(shape, reordering.Apply(constant.Values));
        }

        string values = AddConstant(OnnxTensor.Of(NextName(), Long(shape), reordering.Apply(quantized.Values)));
        int count = quantized.Scales.Length;
        var zeroPoints = new sbyte[count];
        Array.Fill(zeroPoints, (sbyte)quantized.ZeroPoint);
        long[] scaleShape = count == 1 ? [] : [count];
        string scales = AddConstant(OnnxTensor.Of(NextName(), scaleShape, quantized.Scales));
        string zeros = AddConstant(OnnxTensor.Of(NextName(), scaleShape, zeroPoints));
        return Add("DequantizeLinear", [values, scales, zeros], new OnnxAttribute("axis") { Int = axis });
    }

    /// <summary>A value by way of int8, where it is quantized.</summary>
    public string Quantized(string x, Quantization? quantization)
    {
        if (!isQuantized || quantization is not { } known)
        {
            return x;
        }

        string scale = Scalar((float)known.Scale);
        string zeroPoint = AddConstant(OnnxTensor.Of(NextName(), [], [(sbyte)known.ZeroPoint]));
        return Add("DequantizeLinear", Add("QuantizeLinear", x, scale, zeroPoint), scale, zeroPoint);
    }

    private string AddConstant(OnnxTensor tensor)
    {
        _constants.Add(tensor);
        return tensor.Name;
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"constant_{_constants.Count}");

    private static long[] Long(IReadOnlyList<int> shape) => [.. shape.Select(size => (long)size)];
}
