using System.Globalization;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Collects the nodes and constants of a file. Methods that add something give the name of its result.</summary>
/// <param name="isQuantized">Whether what has a quantization passes through int8.</param>
internal sealed class OnnxNodes(bool isQuantized)
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;

    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _constants = [];
    private readonly Dictionary<FloatValue, string> _names = [];

    /// <summary>The name that a value of the network has in the file.</summary>
    public string this[FloatValue of]
    {
        get => _names[of];
        set => _names[of] = value;
    }

    /// <summary>In the order they run.</summary>
    public IReadOnlyList<NodeProto> Nodes => _nodes;

    /// <summary>The constants they read.</summary>
    public IReadOnlyList<TensorProto> Constants => _constants;

    /// <summary>A node without attributes.</summary>
    public string Add(string kind, params string[] inputs) => Add(kind, inputs, []);

    /// <summary>A node.</summary>
    public string Add(string kind, string[] inputs, params AttributeProto[] attributes)
    {
        string output = string.Create(CultureInfo.InvariantCulture, $"{kind}_{_nodes.Count}");
        _nodes.Add(OnnxMessages.Node(kind, output, inputs, output + "_out", attributes));
        return output + "_out";
    }

    /// <summary>A node whose result has a given name.</summary>
    public void AddNamed(string kind, string output, string[] inputs) =>
        _nodes.Add(OnnxMessages.Node(kind, output + "_node", inputs, output));

    /// <summary>A tensor with its dimensions in another order.</summary>
    public string Transpose(string x, params long[] order) => Add("Transpose", [x], OnnxMessages.Attribute("perm", order));

    /// <summary>Indices from one on, up to another, along an axis.</summary>
    public string Slice(string x, int axis, int first, int end, int step) =>
        Add("Slice", x, Shape(first), Shape(end), Shape(axis), Shape(step));

    /// <summary>A constant of whole numbers.</summary>
    public string Shape(params long[] sizes) => AddConstant(OnnxMessages.Tensor(NextName(), sizes));

    /// <summary>A single number.</summary>
    public string Scalar(float value) => AddConstant(OnnxMessages.Tensor(NextName(), [], [value]));

    /// <summary>A float constant.</summary>
    public string Constant(IReadOnlyList<int> shape, float[] values) => AddConstant(OnnxMessages.Tensor(NextName(), Long(shape), values));

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

        string values = AddConstant(OnnxMessages.Tensor(NextName(), Long(shape), reordering.Apply(quantized.Values)));
        int count = quantized.Scales.Length;
        sbyte[] zeroPoints = new sbyte[count];
        Array.Fill(zeroPoints, (sbyte)quantized.ZeroPoint);
        long[] scaleShape = count == 1 ? [] : [count];
        string scales = AddConstant(OnnxMessages.Tensor(NextName(), scaleShape, quantized.Scales));
        string zeros = AddConstant(OnnxMessages.Tensor(NextName(), scaleShape, zeroPoints));
        return Add("DequantizeLinear", [values, scales, zeros], OnnxMessages.Attribute("axis", axis));
    }

    /// <summary>A value by way of int8, where it is quantized.</summary>
    public string Quantized(string x, Quantization? quantization)
    {
        if (!isQuantized || quantization is not { } known)
        {
            return x;
        }

        string scale = Scalar((float)known.Scale);
        string zeroPoint = AddConstant(OnnxMessages.Tensor(NextName(), [], [(sbyte)known.ZeroPoint]));
        return Add("DequantizeLinear", Add("QuantizeLinear", x, scale, zeroPoint), scale, zeroPoint);
    }

    /// <summary>The model of the nodes.</summary>
    public ModelProto Model(string name, ValueInfoProto input, ValueInfoProto output, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var graph = new GraphProto { Name = name };
        graph.Node.AddRange(_nodes);
        graph.Initializer.AddRange(_constants);
        graph.Input.Add(input);
        graph.Output.Add(output);
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "NanoFormer", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        model.MetadataProps.AddRange((metadata ?? new Dictionary<string, string>())
            .Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model;
    }

    private string AddConstant(TensorProto tensor)
    {
        _constants.Add(tensor);
        return tensor.Name;
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"constant_{_constants.Count}");

    private static long[] Long(IReadOnlyList<int> shape) => [.. shape.Select(size => (long)size)];
}
