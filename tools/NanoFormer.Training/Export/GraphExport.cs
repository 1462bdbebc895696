using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Encoder;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;

namespace NanoFormer.Training.Export;

/// <summary>Turns a folded network and its scales into the integer graph that the engines run.</summary>
internal sealed class GraphExport
{
    private const int LongestChannelName = 15;

    private readonly FoldedEncoder _network;
    private readonly ActivationQuantizer _scales;
    private readonly GraphBuilder _builder;

    private GraphExport(FoldedEncoder network, ActivationQuantizer scales, GraphBuilder builder)
    {
        _network = network;
        _scales = scales;
        _builder = builder;
    }

    /// <summary>The graph for windows like <paramref name="windows"/>; its output is the softmax over the classes.</summary>
    public static Graph Run(TrainingConfig config, WindowSet windows, FoldedEncoder network, ActivationQuantizer scales)
    {
        var channels = windows.Channels.Select(c => new InputChannel(Shorten(c.Name), c.Unit, c.Scale)).ToArray();
        var rate = (int)Math.Round(windows.RateHz * 1000);
        var input = new InputSpecification(channels, windows.WindowSamples, config.Input.HopSamples, rate);
        var builder = new GraphBuilder(config.Name, input)
        {
            Labels = windows.ClassNames,
            ClassCount = windows.ClassNames.Count,
            GateThresholdPermille = config.Input.GateThresholdPermille,
        };
        var gains = windows.Channels.Zip(config.Input.Ranges, (channel, range) => channel.Scale / range).ToArray();
        return new GraphExport(network, scales, builder).Build(gains);
    }

    /// <summary>Data sets may name their channels at length, an image may not.</summary>
    private static string Shorten(string name) => name.Length <= LongestChannelName ? name : name[..LongestChannelName];

    private Graph Build(double[] gains)
    {
        var tokens = Embed(_builder.Quantize(new int[gains.Length], gains, InputScaling.Quantization));
        var name = ActivationNames.Embedded;
        foreach (var (index, block) in _network.Blocks.Index())
        {
            var names = ActivationNames.Block(index);
            tokens = FeedForward(Attend(tokens, block, name, names), block, names);
            name = names.Output;
        }
        var mean = _builder.Mean(tokens, _scales[ActivationNames.Mean]);
        var logits = Linear(mean, _network.Head, ActivationNames.Mean, ActivationNames.Logits);
        return _builder.Build(_builder.Softmax(logits));
    }

    private ActivationTensor Embed(ActivationTensor signal)
    {
        var name = ActivationNames.Input;
        foreach (var (index, convolution) in _network.Convolutions.Index())
        {
            var layer = IntegerLayer.FromConvolution(convolution.Layer, _scales[name].Scale);
            name = ActivationNames.Convolution(index);
            signal = _builder.Conv1d(signal, layer.Weights, layer.WeightScales, layer.Biases,
                convolution.ShapeFor(signal.Rows), _scales[name], Activation.Relu);
        }
        var positions = _scales[ActivationNames.Positions];
        var steps = IntegerLayer.RoundAll(_network.Positions, positions);
        return _builder.AddConstant(signal, steps, positions, _scales[ActivationNames.Embedded]);
    }

    private ActivationTensor Attend(ActivationTensor tokens, FoldedBlock block, string inputName, BlockActivationNames names)
    {
        var layer = IntegerLayer.FromLinear(block.QueriesKeysValues, _scales[inputName].Scale);
        var inside = new AttentionQuantization(
            _scales[names.Queries], _scales[names.Keys], _scales[names.Values], _scales[names.Scores], _scales[names.Context]);
        var headColumns = layer.Biases.Length / (3 * block.Heads);
        var context = _builder.Attention(tokens, block.Heads, headColumns, layer.Weights, layer.WeightScales, layer.Biases, inside);
        var projected = Linear(context, block.Projection, names.Context, names.Projected);
        return _builder.Add(tokens, projected, _scales[names.Attended]);
    }

    private ActivationTensor FeedForward(ActivationTensor attended, FoldedBlock block, BlockActivationNames names)
    {
        var hidden = Linear(attended, block.Expand, names.Attended, names.Hidden, Activation.Relu);
        var contracted = Linear(hidden, block.Contract, names.Hidden, names.Contracted);
        return _builder.Add(attended, contracted, _scales[names.Output]);
    }

    private ActivationTensor Linear(
        ActivationTensor input, AffineLayer affine, string inputName, string outputName, Activation activation = default)
    {
        var layer = IntegerLayer.FromLinear(affine, _scales[inputName].Scale);
        return _builder.Linear(input, layer.Weights, layer.WeightScales, layer.Biases, _scales[outputName], activation);
    }
}
