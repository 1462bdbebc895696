using Google.Protobuf;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

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
        _nodes[_network.Input] = _nodes.Quantized("window", _network.Input.Quantization);
        foreach (var step in _network.Steps)
        {
            _nodes[step.Output] = _nodes.Quantized(step.Write(_nodes), step.Output.Quantization);
        }

        var output = _network.Output;
        _nodes.AddNamed("Reshape", "output", [_nodes[output], _nodes.Shape(0, output.Columns)]);
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
}
