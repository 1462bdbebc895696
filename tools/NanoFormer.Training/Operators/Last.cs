namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The last row.</summary>
    T Last(T input);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Last(Tensor input) => input.select(1, -1);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Last(ActivationTensor input) => builder.Last(input);
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Last(RoundedTensor input) => Compute(_real.Last(input.Values), null, () => graph.Last(input.Shape), input);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Last(FloatValue input) => Step(1, input.Columns, output => new FloatLast(input, output));
}
