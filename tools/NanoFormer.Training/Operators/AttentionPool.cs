namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The mean over the rows weighted by a softmax of learned scores.</summary>
    T AttentionPool(T input, AffineLayer scores, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor AttentionPool(Tensor input, AffineLayer scores, string name) =>
        (Affine(input, scores, name).softmax(1) * input).sum([1]);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor AttentionPool(ActivationTensor input, AffineLayer layer, string name)
    {
        var own = IntegerLayer.FromLinear(layer, input.Scale.ToReal());
        return builder.AttentionPool(input, own.Weights, own.WeightScales[0], own.Biases[0], scales(name + ".scores"), scales(name));
    }
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor AttentionPool(RoundedTensor input, AffineLayer scores, string name)
    {
        quantizer.Observe(name + ".scores", _real.Affine(input.Values, scores, name));
        return Compute(_real.AttentionPool(input.Values, scores, name), name, () => graph.AttentionPool(input.Shape, scores, name), input);
    }
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue AttentionPool(FloatValue input, AffineLayer scores, string name) =>
        Step(1, input.Columns, output => new FloatAttentionPool(input, output, Constant(scores.Weight), Constant(scores.Bias)));
}
