using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>A non-linearity by a table.</summary>
    T Function(T input, ActivationKind function, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Function(Tensor input, ActivationKind function, string name) => Apply(input, function);

    private static Tensor Apply(Tensor values, ActivationKind function) => function switch
    {
        ActivationKind.Relu => values.relu(),
        ActivationKind.Relu6 => values.relu6(),
        ActivationKind.Gelu => nn.functional.gelu(values),
        ActivationKind.Silu => nn.functional.silu(values),
        ActivationKind.Tanh => values.tanh(),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "PyTorch's counterpart is not known."),
    };
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Function(ActivationTensor input, ActivationKind function, string name) =>
        builder.Lookup(input, function.ToFunction(), scales(name));
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Function(RoundedTensor input, ActivationKind function, string name) =>
        Compute(_real.Function(input.Values, function, name), name, () => graph.Function(input.Shape, function, name), input);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Function(FloatValue input, ActivationKind function, string name) =>
        Step(input.Rows, input.Columns, output => new FloatFunction(input, output, function switch
        {
            ActivationKind.Gelu => FloatFunctionKind.Gelu,
            ActivationKind.Silu => FloatFunctionKind.Silu,
            ActivationKind.Tanh => FloatFunctionKind.Tanh,
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "It takes no table."),
        }));
}
