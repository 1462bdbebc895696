using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;
using NanoFormer.Training.Network;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace NanoFormer.Training.Quantizing;

/// <summary>
/// The network as the device computes it, byte for byte, with the gradients of the float network: each operator is computed in float of
/// rounded operands, and its result replaced by what the integer operator gives.
/// </summary>
/// <param name="windows">Scaled windows <c>[B, T, C]</c>.</param>
/// <param name="graph">Makes the integer operators; gets its quantizations from <paramref name="quantizer"/>.</param>
/// <param name="quantizer">The quantizations.</param>
/// <param name="channels">The channels of the windows.</param>
/// <param name="scaling">How raw samples were scaled.</param>
/// <param name="clean">Windows that a score compares the network with in place of <paramref name="windows"/>; null for the same.</param>
internal sealed partial class DeviceOperators(
    Tensor windows, GraphOperators graph, ActivationQuantizer quantizer, IReadOnlyList<ChannelInfo> channels, InputOptions scaling,
    Tensor? clean = null)
    : IOperators<RoundedTensor>
{
    private readonly FloatOperators _real = new(windows);
    private readonly int _batch = (int)windows.shape[0];

    /// <summary>The raw samples that a device would have read, quantized as it does.</summary>
    public RoundedTensor Input(StreamOptions stream)
    {
        var real = _real.Input(stream);
        var shape = graph.Input(stream);
        int width = stream.ChannelsOf(channels.Count);
        double[] units = [.. Enumerable.Range(stream.FirstChannel, width).Select(c => channels[c].Scale / scaling.Ranges[c])];
        int[] samples = StraightThrough.Whole(StraightThrough.Values(_real.Samples(stream)), units);
        sbyte[][] gains = [.. stream.Gains.Select(gain => StraightThrough.Requantize(
            samples, units, InputScaling.Quantization with { Scale = InputScaling.Quantization.Scale / gain }, ClampRange.Full))];
        sbyte[] steps = [.. Enumerable.Range(0, samples.Length / width).SelectMany(
            row => gains.SelectMany(values => values.AsSpan(row * width, width).ToArray()))];
        return Rounded(real, steps, shape);
    }

    public RoundedTensor Target(StreamOptions stream, RoundedTensor input) =>
        clean is null ? input : new DeviceOperators(clean, graph, quantizer, channels, scaling).Input(stream);

    public RoundedTensor Affine(RoundedTensor input, AffineLayer layer, string name)
    {
        var (values, steps) = Requantize(Product(input, layer), name, layer.Activation);
        return new RoundedTensor(values, steps, graph.Affine(input.Shape, layer, name));
    }

    public RoundedTensor LayerNorm(RoundedTensor input, LayerNormLayer layer, string name) =>
        Compute(_real.LayerNorm(input.Values, layer, name), name, () => graph.LayerNorm(input.Shape, layer, name), input);

    public RoundedTensor Function(RoundedTensor input, ActivationKind function, string name) =>
        Compute(_real.Function(input.Values, function, name), name, () => graph.Function(input.Shape, function, name), input);

    public RoundedTensor Add(RoundedTensor tokens, RoundedTensor branch, string name) =>
        Compute(_real.Add(tokens.Values, branch.Values, name), name, () => graph.Add(tokens.Shape, branch.Shape, name), tokens, branch);

    public RoundedTensor AddPositions(RoundedTensor tokens, Tensor positions, string name)
    {
        var quantization = quantizer.Observe(name + ".positions", positions);
        sbyte[] steps = IntegerLayer.RoundAll(positions, quantization);
        var rounded = StraightThrough.Apply(positions, steps, quantization, ClampRange.Full);
        var real = _real.AddPositions(tokens.Values, rounded, name);
        return Compute(real, name, () => graph.AddPositions(tokens.Shape, positions, name), tokens);
    }

    public RoundedTensor JoinRows(RoundedTensor first, RoundedTensor second, string name) => Compute(
        _real.JoinRows(first.Values, second.Values, name), name, () => graph.JoinRows(first.Shape, second.Shape, name), first, second);

    public RoundedTensor JoinOutputs(RoundedTensor first, RoundedTensor second) => Compute(
        _real.JoinOutputs(first.Values, second.Values), null, () => graph.JoinOutputs(first.Shape, second.Shape), first, second);

    public RoundedTensor Mean(RoundedTensor input, string name) =>
        Compute(_real.Mean(input.Values, name), name, () => graph.Mean(input.Shape, name), input);

    public RoundedTensor Last(RoundedTensor input) => Compute(_real.Last(input.Values), null, () => graph.Last(input.Shape), input);

    public RoundedTensor AttentionPool(RoundedTensor input, AffineLayer scores, string name)
    {
        quantizer.Observe(name + ".scores", _real.Affine(input.Values, scores, name));
        return Compute(_real.AttentionPool(input.Values, scores, name), name, () => graph.AttentionPool(input.Shape, scores, name), input);
    }

    public RoundedTensor Softmax(RoundedTensor logits) =>
        Compute(_real.Softmax(logits.Values), null, () => graph.Softmax(logits.Shape), logits);

    /// <summary>Nothing is computed: the samples stay what they are, in other rows.</summary>
    public RoundedTensor Patches(RoundedTensor input, int patchSamples, double gain, string name) => new(
        _real.Patches(input.Values, patchSamples, gain, name), input.Steps, graph.Patches(input.Shape, patchSamples, gain, name));

    public RoundedTensor Distance(RoundedTensor reconstruction, RoundedTensor actual, ScoreOptions options) =>
        Compute(
            _real.Distance(reconstruction.Values, actual.Values, options), null,
            () => graph.Distance(reconstruction.Shape, actual.Shape, options), reconstruction, actual);

    /// <summary>An operator of which the reference computes every window by itself.</summary>
    /// <param name="real">Its result in float.</param>
    /// <param name="name">Of the result, to be observed; null where its quantization is given.</param>
    /// <param name="build">Makes the integer operator.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="second">What else it reads.</param>
    private RoundedTensor Compute(
        Tensor real, string? name, Func<ActivationTensor> build, RoundedTensor input, RoundedTensor? second = null)
    {
        if (name is not null)
        {
            quantizer.Observe(name, real);
        }

        var shape = build();
        sbyte[] steps = new sbyte[_batch * shape.Count];
        for (int window = 0; window < _batch; window++)
        {
            ReferenceStep.Run(graph.Latest, Window(input, window), second is null ? default : Window(second, window))
                .CopyTo(steps, window * shape.Count);
        }

        return Rounded(real, steps, shape);
    }

    /// <summary>Sums of products with rounded weights and bias.</summary>
    private static Sums Product(RoundedTensor input, AffineLayer layer)
    {
        double inputScale = input.Shape.Scale.ToReal();
        var scales = layer.WeightScales();
        var biasSteps = scales * inputScale;
        var real = FloatOperators.Product(
            input.Values, layer, FakeQuantization.Weights(layer.Weight, scales), FakeQuantization.Biases(layer.Bias, biasSteps));
        using var inference = no_grad();
        var whole = tensor([.. input.Steps.Select(step => (float)(step - input.Shape.ZeroPoint))], input.Values.shape);
        var products = FloatOperators.Product(whole, layer, FakeQuantization.ExactWeightSteps(layer.Weight, scales), zeros_like(layer.Bias));
        double[] units = [.. IntegerLayer.Reals(scales).Select(scale => inputScale * scale)];
        return new Sums(real, AddBiases(StraightThrough.Values(products), IntegerLayer.RoundBiases(layer.Bias, units)), units);
    }

    // Floats hold the sums of products exactly, below 2^24; biases may be larger.
    private static int[] AddBiases(float[] products, int[] biases) =>
        [.. products.Select((sum, i) => (int)sum + biases[i % biases.Length])];

    /// <summary>Sums in the steps of the named result.</summary>
    private (Tensor Values, sbyte[] Steps) Requantize(Sums sums, string name, ActivationKind? activation = null)
    {
        var output = quantizer.Observe(name, FloatOperators.Activate(sums.Real, activation));
        var clamp = activation.ToActivation().ToClampRange(output);
        sbyte[] steps = StraightThrough.Requantize(sums.Whole, sums.Units, output, clamp);
        return (StraightThrough.Apply(sums.Real, steps, output, clamp), steps);
    }

    private static ReadOnlySpan<sbyte> Window(RoundedTensor tensor, int index) =>
        tensor.Steps.AsSpan(index * tensor.Shape.Count, tensor.Shape.Count);

    private static RoundedTensor Rounded(Tensor real, sbyte[] steps, ActivationTensor shape)
    {
        var quantization = new Quantization(shape.Scale.ToReal(), shape.ZeroPoint);
        return new RoundedTensor(StraightThrough.Apply(real, steps, quantization, ClampRange.Full), steps, shape);
    }
}
