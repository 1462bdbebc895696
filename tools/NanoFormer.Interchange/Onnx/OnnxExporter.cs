using System.Globalization;
using NanoFormer.Interchange.Networks;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx;

/// <summary>
/// Writes a float network as an ONNX file of operator set 17: <c>window</c> float <c>[batch, samples, channels]</c> in the units of the
/// channels, to <c>output</c> float <c>[batch, columns]</c>. With quantization, every value and weight that the integer model holds in int8
/// passes through QuantizeLinear and DequantizeLinear (QDQ) with the model's own scales.
/// </summary>
public sealed partial class OnnxExporter
{
    private const int OperatorSet = 17;

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
    public static byte[] ExportFloat(FloatNetwork network) => OnnxWriter.Write(new OnnxExporter(network, isQuantized: false).Convert());

    /// <summary>The file of an integer model as float operators between int8 values.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.OperatorNotExpressible"/>.</exception>
    public static byte[] ExportQuantized(Graph graph) =>
        OnnxWriter.Write(new OnnxExporter(Dequantizer.Run(graph), isQuantized: true).Convert());

    private OnnxModel Convert()
    {
        _names[_network.Input] = _nodes.Quantized("window", _network.Input.Quantization);
        foreach (FloatStep step in _network.Steps)
        {
            _names[step.Output] = _nodes.Quantized(Add(step), step.Output.Quantization);
        }

        FloatValue output = _network.Output;
        _nodes.AddNamed("Reshape", "output", [_names[output], _nodes.Shape(0, output.Columns)]);
        return new OnnxModel
        {
            Name = _network.Name,
            OperatorSet = OperatorSet,
            Nodes = _nodes.Nodes,
            Initializers = _nodes.Constants,
            Inputs = [new OnnxValueInfo("window", OnnxDataType.Float, [null, _network.Input.Rows, _network.Input.Columns])],
            Outputs = [new OnnxValueInfo("output", OnnxDataType.Float, [null, output.Columns])],
            Metadata = Metadata(),
        };
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
                new OnnxAttribute("axis") { Int = -1 }, new OnnxAttribute("epsilon") { Float = norm.Epsilon }),
            FloatFunction function => Function(function.Function, x),
            FloatClip clip => Clip(clip, x),
            FloatAdd add => _nodes.Add("Add", x, _names[add.Second]),
            FloatAddConstant add => _nodes.Add("Add", x,
                _nodes.Constant([1, add.Input.Rows, add.Input.Columns], add.Constant)),
            FloatConcat concat => _nodes.Add("Concat", [x, _names[concat.Second]],
                new OnnxAttribute("axis") { Int = 1 + (int)concat.Axis }),
            FloatMean => _nodes.Add("ReduceMean", [x], new OnnxAttribute("axes") { Ints = [1] }, new OnnxAttribute("keepdims") { Int = 1 }),
            FloatLast last => _nodes.Slice(x, 1, last.Input.Rows - 1, last.Input.Rows, 1),
            FloatError error => Error(error, x),
            FloatSoftmax => _nodes.Add("Softmax", [x], new OnnxAttribute("axis") { Int = -1 }),
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

    private string Error(FloatError step, string x)
    {
        int rows = step.Input.Rows;
        string told = step.Lag == 0 ? x : _nodes.Slice(x, 1, 0, rows - step.Lag, 1);
        string actual = step.Lag == 0 ? _names[step.Actual] : _nodes.Slice(_names[step.Actual], 1, step.Lag, rows, 1);
        string difference = _nodes.Add("Sub", told, actual);
        string size = step.Norm == DistanceNorm.Absolute ? _nodes.Add("Abs", difference) : _nodes.Add("Mul", difference, difference);
        return _nodes.Add("ReduceMean", [size], new OnnxAttribute("axes") { Ints = [1, 2] }, new OnnxAttribute("keepdims") { Int = 1 });
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
}
