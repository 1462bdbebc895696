using System.Globalization;
using Google.Protobuf;
using NanoFormer.Interchange.Networks;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx;

/// <summary>
/// Writes a float network as an ONNX file of operator set 17: <c>window</c> float <c>[batch, samples, channels]</c> in the units of the
/// channels, to <c>output</c> float <c>[batch, columns]</c>. With quantization, every value and weight that the integer model holds in int8
/// passes through QuantizeLinear and DequantizeLinear (QDQ) with the model's own scales.
/// </summary>
public sealed class OnnxExporter
{
    private readonly FloatNetwork _network;
    private readonly bool _isQuantized;
    private readonly OnnxNodes _nodes;
    private readonly Dictionary<FloatValue, string> _names = [];

    private OnnxExporter(FloatNetwork network, bool isQuantized)
    {
        _network = network;
        _isQuantized = isQuantized;
        _nodes = new OnnxNodes(isQuantized);
    }

    /// <summary>The file of a network in float.</summary>
    public static byte[] ExportFloat(FloatNetwork network) => new OnnxExporter(network, isQuantized: false).Convert().ToByteArray();

    /// <summary>The file of an integer model as float operators between int8 values.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.OperatorNotExpressible"/>.</exception>
    public static byte[] ExportQuantized(Graph graph) =>
        new OnnxExporter(Dequantizer.Run(graph), isQuantized: true).Convert().ToByteArray();

    private ModelProto Convert()
    {
        _names[_network.Input] = _nodes.Quantized("window", _network.Input.Quantization);
        foreach (var step in _network.Steps)
        {
            _names[step.Output] = _nodes.Quantized(Add(step), step.Output.Quantization);
        }

        var output = _network.Output;
        _nodes.AddNamed("Reshape", "output", [_names[output], _nodes.Shape(0, output.Columns)]);
        return _nodes.Model(_network.Name, OnnxMessages.Value("window", null, _network.Input.Rows, _network.Input.Columns),
            OnnxMessages.Value("output", null, output.Columns), Metadata());
    }

    private Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string> { ["source"] = _network.Source };
        if (_isQuantized)
        {
            foreach (var (key, value) in OnnxSession.Settings)
            {
                metadata[key] = value;
            }
        }

        if (_network.Labels.Count > 0)
        {
            metadata["labels"] = string.Join(',', _network.Labels);
        }

        if (_network.Channels.Count > 0)
        {
            metadata["channels"] = string.Join(',', _network.Channels.Select(channel => $"{channel.Name} ({channel.Unit})"));
        }

        return metadata;
    }

    private string Add(FloatStep step)
    {
        string x = _names[step.Input];
        return step switch
        {
            FloatSelect select => Select(select, x),
            FloatScale scale => _nodes.Add("Add", _nodes.Add("Mul", x, _nodes.Constant([scale.Gains.Length], scale.Gains)),
                _nodes.Constant([scale.Offsets.Length], scale.Offsets)),
            FloatLinear linear => Linear(x, linear.Weights, linear.Biases, 0, linear.Output.Columns),
            FloatConvolution convolution => Convolve(convolution, x),
            FloatAttention attention => Attend(attention, x),
            FloatAttentionPool pool => Pool(pool, x),
            FloatLayerNorm norm => _nodes.Add("LayerNormalization",
                [x, _nodes.Constant([norm.Gains.Length], norm.Gains), _nodes.Constant([norm.Biases.Length], norm.Biases)],
                OnnxMessages.Attribute("axis", -1), OnnxMessages.Attribute("epsilon", norm.Epsilon)),
            FloatFunction function => Function(function.Function, x),
            FloatClip clip => Clip(clip, x),
            FloatAdd add => _nodes.Add("Add", x, _names[add.Second]),
            FloatAddConstant add => _nodes.Add("Add", x,
                _nodes.Constant([1, add.Input.Rows, add.Input.Columns], add.Constant)),
            FloatConcat concat => _nodes.Add("Concat", [x, _names[concat.Second]],
                OnnxMessages.Attribute("axis", 1 + (int)concat.Axis)),
            FloatMean => _nodes.Add("ReduceMean", [x], OnnxMessages.Attribute("axes", [1]), OnnxMessages.Attribute("keepdims", 1)),
            FloatLast last => _nodes.Slice(x, 1, last.Input.Rows - 1, last.Input.Rows, 1),
            FloatDistance distance => Distance(distance, x),
            FloatSoftmax => _nodes.Add("Softmax", [x], OnnxMessages.Attribute("axis", -1)),
            _ => throw new InterchangeException(InterchangeError.OperatorNotExpressible,
                string.Create(CultureInfo.InvariantCulture, $"{step.GetType().Name} has no counterpart in ONNX.")),
        };
    }

    /// <summary>The last row of every few.</summary>
    private string Select(FloatSelect step, string x)
    {
        int end = step.FirstColumn + step.Output.Columns;
        string columns = end - step.FirstColumn == step.Input.Columns ? x : _nodes.Slice(x, 2, step.FirstColumn, end, 1);
        int rows = step.Output.Rows * step.RowStep;
        return step.RowStep == 1 && rows == step.Input.Rows ? columns : _nodes.Slice(columns, 1, step.RowStep - 1, rows, step.RowStep);
    }

    private string Distance(FloatDistance step, string x)
    {
        int rows = step.Input.Rows;
        string reconstruction = step.Lag == 0 ? x : _nodes.Slice(x, 1, 0, rows - step.Lag, 1);
        string actual = step.Lag == 0 ? _names[step.Actual] : _nodes.Slice(_names[step.Actual], 1, step.Lag, rows, 1);
        string difference = _nodes.Add("Sub", reconstruction, actual);
        string size = step.Norm == DistanceNorm.Absolute ? _nodes.Add("Abs", difference) : _nodes.Add("Mul", difference, difference);
        return _nodes.Add("ReduceMean", [size], OnnxMessages.Attribute("axes", [1, 2]), OnnxMessages.Attribute("keepdims", 1));
    }

    private string Function(FloatFunctionKind function, string x)
    {
        if (function == FloatFunctionKind.Tanh)
        {
            return _nodes.Add("Tanh", x);
        }

        if (function == FloatFunctionKind.Silu)
        {
            return _nodes.Add("Mul", x, _nodes.Add("Sigmoid", x));
        }

        string erf = _nodes.Add("Erf", _nodes.Add("Div", x, _nodes.Scalar(MathF.Sqrt(2))));
        return _nodes.Add("Mul", _nodes.Add("Mul", x, _nodes.Add("Add", erf, _nodes.Scalar(1))), _nodes.Scalar(0.5f));
    }

    private string Clip(FloatClip step, string x)
    {
        if (step.Low == 0 && float.IsPositiveInfinity(step.High))
        {
            return _nodes.Add("Relu", x);
        }

        string low = float.IsNegativeInfinity(step.Low) ? "" : _nodes.Scalar(step.Low);
        string high = float.IsPositiveInfinity(step.High) ? "" : _nodes.Scalar(step.High);
        return _nodes.Add("Clip", [x, low, high]);
    }

    /// <summary>Outputs from one on, of a layer of weights <c>[N][K]</c>: MatMul with <c>[K, outputs]</c>, and the bias.</summary>
    private string Linear(string x, FloatConstant weights, FloatConstant biases, int first, int outputs)
    {
        int columns = weights.Values.Length / biases.Values.Length;
        var part = Part(weights, first, outputs, columns);
        string matrix = _nodes.Constant([columns, outputs], part, new Reordering([outputs, columns], [1, 0]), axis: 1);
        string bias = _nodes.Constant([outputs], biases.Values[first..(first + outputs)]);
        return _nodes.Add("Add", _nodes.Add("MatMul", x, matrix), bias);
    }

    /// <summary>Over <c>[batch, channels, samples]</c>, as ONNX wants it.</summary>
    private string Convolve(FloatConvolution step, string x)
    {
        (int channels, int outputs) = (step.Input.Columns, step.Output.Columns);
        string weights = step.IsDepthwise
            ? _nodes.Constant([outputs, 1, step.Kernel], step.Weights, new Reordering([step.Kernel, outputs], [1, 0]), axis: 0)
            : _nodes.Constant([outputs, channels, step.Kernel], step.Weights,
                new Reordering([outputs, step.Kernel, channels], [0, 2, 1]), axis: 0);
        int needed = (step.Output.Rows - 1) * step.Stride + step.Kernel;
        int after = Math.Max(needed - step.PadLeft - step.Input.Rows, 0);
        int rows = (step.PadLeft + step.Input.Rows + after - step.Kernel) / step.Stride + 1;
        string result = _nodes.Add("Conv", [_nodes.Transpose(x, 0, 2, 1), weights, _nodes.Constant([outputs], step.Biases.Values)],
            OnnxMessages.Attribute("kernel_shape", [step.Kernel]),
            OnnxMessages.Attribute("strides", [step.Stride]),
            OnnxMessages.Attribute("pads", [step.PadLeft, after]),
            OnnxMessages.Attribute("group", step.IsDepthwise ? channels : 1));
        string image = _nodes.Transpose(result, 0, 2, 1);
        return rows == step.Output.Rows ? image : _nodes.Slice(image, 1, 0, step.Output.Rows, 1);
    }

    private string Attend(FloatAttention step, string x)
    {
        int inner = step.Output.Columns;
        var inside = step.Inside;
        string queries = Heads(step, Part(0, inside?.Query), 0, 2, 1, 3);
        string keys = Heads(step, Part(1, inside?.Key), 0, 2, 3, 1);
        string values = Heads(step, Part(2, inside?.Value), 0, 2, 1, 3);
        string product = _nodes.Add("MatMul", queries, keys);
        string factor = _nodes.Scalar((float)(1 / Math.Sqrt(step.HeadColumns)));
        string scores = _nodes.Quantized(_nodes.Add("Mul", product, factor), inside?.Scores);
        string seen = step.IsFull ? scores : _nodes.Add("Add", scores, Mask(step));
        string weights = _nodes.Add("Softmax", [seen], OnnxMessages.Attribute("axis", -1));
        string context = _nodes.Add("MatMul", _nodes.Quantized(weights, inside is null ? null : Quantization.Probability), values);
        return _nodes.Add("Reshape", _nodes.Transpose(context, 0, 2, 1, 3), _nodes.Shape(0, step.Input.Rows, inner));

        string Part(int part, Quantization? quantization) =>
            _nodes.Quantized(Linear(x, step.Weights, step.Biases, part * inner, inner), quantization);
    }

    private string Heads(FloatAttention step, string x, params long[] order) => _nodes.Transpose(
        _nodes.Add("Reshape", x, _nodes.Shape(0, step.Input.Rows, step.Heads, step.HeadColumns)), order);

    /// <summary>0 for the tokens that a token sees, minus infinity for the others.</summary>
    private string Mask(FloatAttention step)
    {
        int rows = step.Input.Rows;
        float[] mask = new float[rows * rows];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = step.Sees(i / rows, i % rows) ? 0 : float.NegativeInfinity;
        }

        return _nodes.Constant([rows, rows], mask);
    }

    private string Pool(FloatAttentionPool step, string x)
    {
        string scores = Linear(x, step.Weights, step.Biases, 0, 1);
        string weights = _nodes.Add("Softmax", [scores], OnnxMessages.Attribute("axis", 1));
        return _nodes.Add("MatMul", _nodes.Transpose(weights, 0, 2, 1), x);
    }

    private static FloatConstant Part(FloatConstant weights, int first, int outputs, int columns)
    {
        var values = (first * columns)..((first + outputs) * columns);
        var quantized = weights.Quantized is { } known
            ? known with { Values = known.Values[values], Scales = known.Scales[first..(first + outputs)] }
            : null;
        return new FloatConstant(weights.Values[values], quantized);
    }
}
