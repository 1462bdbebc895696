using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>LayerNorm of every row.</summary>
    T LayerNorm(T input, LayerNormLayer layer, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor LayerNorm(Tensor input, LayerNormLayer layer, string name) =>
        nn.functional.layer_norm(input, [input.shape[^1]], layer.Weight, layer.Bias, LayerNormLayer.Epsilon);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor LayerNorm(ActivationTensor input, LayerNormLayer layer, string name) => builder.LayerNorm(
        input, IntegerLayer.Reals(layer.Weight), IntegerLayer.Reals(layer.Bias), LayerNormLayer.Epsilon, scales(name));
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor LayerNorm(RoundedTensor input, LayerNormLayer layer, string name) =>
        Compute(_real.LayerNorm(input.Values, layer, name), name, () => graph.LayerNorm(input.Shape, layer, name), input);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue LayerNorm(FloatValue input, LayerNormLayer layer, string name) => Step(input.Rows, input.Columns, output =>
        new FloatLayerNorm(input, output, Constant(layer.Weight).Values, Constant(layer.Bias).Values, (float)LayerNormLayer.Epsilon));
}
