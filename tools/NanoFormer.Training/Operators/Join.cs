using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The rows of one input behind those of another.</summary>
    T JoinRows(T first, T second, string name);

    /// <summary>The columns of one output beside those of another, both of which end as probabilities do (scale 1/256 from 0 on).</summary>
    T JoinOutputs(T first, T second);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor JoinRows(Tensor first, Tensor second, string name) => cat([first, second], 1);

    public Tensor JoinOutputs(Tensor first, Tensor second) => cat([first, second], -1);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor JoinRows(ActivationTensor first, ActivationTensor second, string name) =>
        builder.Concat(first, second, ConcatAxis.Rows, scales(name));

    public ActivationTensor JoinOutputs(ActivationTensor first, ActivationTensor second) =>
        builder.Concat(first, second, ConcatAxis.Columns, Quantization.Probability);
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor JoinRows(RoundedTensor first, RoundedTensor second, string name) => Compute(
        _real.JoinRows(first.Values, second.Values, name), name, () => graph.JoinRows(first.Shape, second.Shape, name), first, second);

    public RoundedTensor JoinOutputs(RoundedTensor first, RoundedTensor second) => Compute(
        _real.JoinOutputs(first.Values, second.Values), null, () => graph.JoinOutputs(first.Shape, second.Shape), first, second);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue JoinRows(FloatValue first, FloatValue second, string name) => Step(
        first.Rows + second.Rows, first.Columns, output => new FloatConcat(first, second, output, ConcatAxis.Rows));

    public FloatValue JoinOutputs(FloatValue first, FloatValue second) =>
        Step(1, first.Columns + second.Columns, output => new FloatConcat(first, second, output, ConcatAxis.Columns));
}
