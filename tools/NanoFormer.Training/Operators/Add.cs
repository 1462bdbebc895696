namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>What a block adds to the tokens.</summary>
    T Add(T tokens, T branch, string name);

    /// <summary>Learned positions <c>[tokens][columns]</c> added to the tokens.</summary>
    T AddPositions(T tokens, Tensor positions, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Add(Tensor tokens, Tensor branch, string name) => tokens + Drop(branch);

    public Tensor AddPositions(Tensor tokens, Tensor positions, string name) => Drop(tokens + positions);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Add(ActivationTensor tokens, ActivationTensor branch, string name) => builder.Add(tokens, branch, scales(name));

    public ActivationTensor AddPositions(ActivationTensor tokens, Tensor positions, string name)
    {
        var quantization = scales(name + ".positions");
        return builder.AddConstant(tokens, IntegerLayer.RoundAll(positions, quantization), quantization, scales(name));
    }
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
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
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Add(FloatValue tokens, FloatValue branch, string name) =>
        Step(tokens.Rows, tokens.Columns, output => new FloatAdd(tokens, branch, output));

    public FloatValue AddPositions(FloatValue tokens, Tensor positions, string name) =>
        Step(tokens.Rows, tokens.Columns, output => new FloatAddConstant(tokens, output, Constant(positions)));
}
