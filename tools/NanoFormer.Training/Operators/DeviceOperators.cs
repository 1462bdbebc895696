using NanoFormer.Data;

namespace NanoFormer.Training.Operators;

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
