namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The mean difference of what the tokens tell and what came, as an output of one column.</summary>
    T Distance(T reconstruction, T actual, ScoreOptions options);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Distance(Tensor reconstruction, Tensor actual, ScoreOptions options)
    {
        long rows = actual.shape[1] - options.Lag;
        var difference = reconstruction.narrow(1, 0, rows) - actual.narrow(1, options.Lag, rows);
        return (options.Norm == DistanceNorm.Absolute ? difference.abs() : difference.square()).flatten(1).mean([1], keepdim: true);
    }
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Distance(ActivationTensor reconstruction, ActivationTensor actual, ScoreOptions options) =>
        builder.Distance(reconstruction, actual, options.Norm, Quantization.Probability, options.Lag);
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Distance(RoundedTensor reconstruction, RoundedTensor actual, ScoreOptions options) =>
        Compute(
            _real.Distance(reconstruction.Values, actual.Values, options), null,
            () => graph.Distance(reconstruction.Shape, actual.Shape, options), reconstruction, actual);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Distance(FloatValue reconstruction, FloatValue actual, ScoreOptions options) =>
        Step(1, 1, output => new FloatDistance(reconstruction, actual, output, options.Norm, options.Lag));
}
