namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The mean over the rows.</summary>
    T Mean(T input, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Mean(Tensor input, string name) => input.mean([1]);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Mean(ActivationTensor input, string name) => builder.Mean(input, scales(name));
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Mean(RoundedTensor input, string name) =>
        Compute(_real.Mean(input.Values, name), name, () => graph.Mean(input.Shape, name), input);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Mean(FloatValue input, string name) => Step(1, input.Columns, output => new FloatMean(input, output));
}
