using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;
using Tensor = TorchSharp.torch.Tensor;

namespace NanoFormer.Training.Network;

/// <summary>The network as the integer graph that the engines run.</summary>
/// <param name="builder">Takes the operators.</param>
/// <param name="channels">The channels of a window.</param>
/// <param name="scaling">How raw samples become the input.</param>
/// <param name="scales">The quantization of every activation, by name.</param>
internal sealed class GraphOperators(
    GraphBuilder builder, IReadOnlyList<ChannelInfo> channels, InputOptions scaling, Func<string, Quantization> scales)
    : IOperators<ActivationTensor>
{
    private const int FullWeight = 127;

    private readonly Dictionary<(int First, int Count, int Step, string Gains), ActivationTensor> _inputs = [];

    /// <summary>The operator of the last call.</summary>
    public Operator Latest => builder.Latest!;

    // Two networks may read the same channels, which are then quantized once.
    public ActivationTensor Input(StreamOptions stream)
    {
        var key = (stream.FirstChannel, stream.ChannelsOf(channels.Count), stream.Step, string.Join(' ', stream.Gains));
        return _inputs.TryGetValue(key, out var known) ? known : _inputs[key] = NewInput(stream);
    }

    private ActivationTensor NewInput(StreamOptions stream)
    {
        ActivationTensor? all = null;
        foreach (double gain in stream.Gains)
        {
            var one = Input(stream, gain);
            all = all is null ? one : builder.Concat(all, one, ConcatAxis.Columns, InputScaling.Quantization);
        }

        return all!;
    }

    private ActivationTensor Input(StreamOptions stream, double gain)
    {
        int[] taken = Enumerable.Range(stream.FirstChannel, stream.ChannelsOf(channels.Count)).ToArray();
        return builder.Quantize(
            [.. taken.Select(channel => RawOffset(channels[channel], scaling.Offset(channel)))],
            [.. taken.Select(channel => gain * channels[channel].Scale / scaling.Ranges[channel])],
            InputScaling.Quantization, stream.FirstChannel, stream.Step);
    }

    public ActivationTensor Affine(ActivationTensor input, AffineLayer layer, string name)
    {
        var activation = layer.Activation.ToActivation();
        if (layer.Over is not { } over)
        {
            var linear = IntegerLayer.FromLinear(layer, input.Scale.ToReal());
            return builder.Linear(input, linear.Weights, linear.WeightScales, linear.Biases, scales(name), activation);
        }

        var shape = over.ShapeFor(input.Rows);
        if (over.IsDepthwise)
        {
            var own = IntegerLayer.FromDepthwise(layer, input.Scale.ToReal());
            return builder.DepthwiseConv1d(input, own.Weights, own.WeightScales, own.Biases, shape, scales(name), activation);
        }

        var conv = IntegerLayer.FromConvolution(layer, input.Scale.ToReal());
        return over is { Kernel: 1, Stride: 1 }
            ? builder.Linear(input, conv.Weights, conv.WeightScales, conv.Biases, scales(name), activation)
            : builder.Conv1d(input, conv.Weights, conv.WeightScales, conv.Biases, shape, scales(name), activation);
    }

    public ActivationTensor Attention(ActivationTensor input, AttentionLayer layer, string name)
    {
        var names = new AttentionNames(name);
        var own = IntegerLayer.FromLinear(layer.Projections, input.Scale.ToReal());
        var (queries, keys, values) = (scales(names.Queries), scales(names.Keys), scales(names.Values));
        return layer.Options.Kind == AttentionKind.Linear
            ? builder.LinearAttention(input, layer.Heads, layer.HeadColumns, own.Weights, own.WeightScales, own.Biases,
                new LinearAttentionQuantization(queries, keys, values, scales(names.Context)), layer.Options.Causal, layer.Options.Decay)
            : builder.Attention(input, layer.Heads, layer.HeadColumns, own.Weights, own.WeightScales, own.Biases,
                new AttentionQuantization(queries, keys, values, scales(names.Scores), scales(names.Context)), layer.Options.Reach);
    }

    public ActivationTensor LayerNorm(ActivationTensor input, LayerNormLayer layer, string name) => builder.LayerNorm(
        input, IntegerLayer.Reals(layer.Weight), IntegerLayer.Reals(layer.Bias), LayerNormLayer.Epsilon, scales(name));

    public ActivationTensor Function(ActivationTensor input, ActivationKind function, string name) =>
        builder.Lookup(input, function.ToFunction(), scales(name));

    public ActivationTensor Add(ActivationTensor tokens, ActivationTensor branch, string name) => builder.Add(tokens, branch, scales(name));

    public ActivationTensor AddPositions(ActivationTensor tokens, Tensor positions, string name)
    {
        var quantization = scales(name + ".positions");
        return builder.AddConstant(tokens, IntegerLayer.RoundAll(positions, quantization), quantization, scales(name));
    }

    public ActivationTensor JoinRows(ActivationTensor first, ActivationTensor second, string name) =>
        builder.Concat(first, second, ConcatAxis.Rows, scales(name));

    public ActivationTensor JoinOutputs(ActivationTensor first, ActivationTensor second) =>
        builder.Concat(first, second, ConcatAxis.Columns, Quantization.Probability);

    public ActivationTensor Mean(ActivationTensor input, string name) => builder.Mean(input, scales(name));

    public ActivationTensor Last(ActivationTensor input) => builder.Last(input);

    public ActivationTensor AttentionPool(ActivationTensor input, AffineLayer layer, string name)
    {
        var own = IntegerLayer.FromLinear(layer, input.Scale.ToReal());
        return builder.AttentionPool(input, own.Weights, own.WeightScales[0], own.Biases[0], scales(name + ".scores"), scales(name));
    }

    public ActivationTensor Softmax(ActivationTensor logits) => builder.Softmax(logits);

    /// <summary>A convolution whose every output copies one sample of one channel.</summary>
    public ActivationTensor Patches(ActivationTensor input, int patchSamples, double gain, string name)
    {
        int columns = patchSamples * input.Columns;
        sbyte[] weights = new sbyte[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            weights[i * columns + i] = FullWeight;
        }

        double scale = input.Scale.ToReal() * gain;
        return builder.Conv1d(input, weights, [.. Enumerable.Repeat(gain / FullWeight, columns)], new int[columns],
            ConvolutionShape.Valid(input.Rows, patchSamples, patchSamples), new Quantization(scale, input.ZeroPoint));
    }

    public ActivationTensor Distance(ActivationTensor reconstruction, ActivationTensor actual, ScoreOptions options) =>
        builder.Distance(reconstruction, actual, options.Norm, Quantization.Probability, options.Lag);

    /// <summary>The raw sample that stands for 0.</summary>
    public static int RawOffset(ChannelInfo channel, double offset) => (int)Math.Round(offset / channel.Scale);
}
