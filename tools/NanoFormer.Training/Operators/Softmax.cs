namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>Logits to probabilities.</summary>
    T Softmax(T logits);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Softmax(Tensor logits) => logits.softmax(-1);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Softmax(ActivationTensor logits) => builder.Softmax(logits);
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Softmax(RoundedTensor logits) =>
        Compute(_real.Softmax(logits.Values), null, () => graph.Softmax(logits.Shape), logits);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Softmax(FloatValue logits) => Step(1, logits.Columns, output => new FloatSoftmax(logits, output));
}
