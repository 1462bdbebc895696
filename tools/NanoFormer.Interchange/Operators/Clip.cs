using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Every value limited to a range; ReLU is 0 to infinity.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Low">The lower limit.</param>
/// <param name="High">The upper limit.</param>
public sealed record FloatClip(FloatValue Input, FloatValue Output, float Low, float High) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values) =>
        Map(values, x => Math.Clamp(x, Low, High));

    internal override string Write(OnnxNodes nodes)
    {
        if (Low == 0 && float.IsPositiveInfinity(High))
        {
            return nodes.Add("Relu", nodes[Input]);
        }

        string low = float.IsNegativeInfinity(Low) ? "" : nodes.Scalar(Low);
        string high = float.IsPositiveInfinity(High) ? "" : nodes.Scalar(High);
        return nodes.Add("Clip", [nodes[Input], low, high]);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    /// <summary>
    /// A step, and behind it the non-linearity that its clamp stands for. What lies between the two is never quantized. A zero point of
    /// -128 cuts negative values as ReLU does, so that its clamp need not; but logits with that zero point only happened to be positive
    /// wherever their range was observed.
    /// </summary>
    private FloatValue Limit(Operator step, ClampRange clamp, Func<FloatValue, FloatStep> make)
    {
        if (clamp == ClampRange.Full && (step.Output.ZeroPoint != sbyte.MinValue || AreLogits(step.Output)))
        {
            return Write(step, make);
        }

        var unlimited = new FloatValue(step.Output.Rows, step.Output.Columns);
        _steps.Add(make(unlimited));
        return Write(step, output => new FloatClip(unlimited, output, Bound(clamp.Low, step.Output), Bound(clamp.High, step.Output)));
    }

    private bool AreLogits(Tensor tensor) => _graph.Operators.Any(step => step is Softmax softmax && softmax.Input == tensor);

    /// <summary>The limits of int8 itself, except a lower one of 0, are limits of the storage, not of the function.</summary>
    private static float Bound(int value, Tensor output) => value switch
    {
        sbyte.MaxValue => float.PositiveInfinity,
        sbyte.MinValue when output.ZeroPoint != sbyte.MinValue => float.NegativeInfinity,
        _ => (float)(output.Scale.ToReal() * (value - output.ZeroPoint)),
    };
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    /// <summary>An operator with the fused non-linearity that cuts to a range or, where none does, with a comparison behind it.</summary>
    private int LimitTo(ClampRange clamp, TfliteQuantization output, Func<TfliteActivation, int> run) =>
        TfliteArithmetic.Activation(clamp, output.Scale, output.ZeroPoint) is { } activation
            ? run(activation)
            : _network.Limit(run(TfliteActivation.None), clamp);
}
