using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Mean over rows.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatMean(FloatValue Input, FloatValue Output) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        return Fill((_, c) => Enumerable.Range(0, Input.Rows).Average(r => (double)x[r * Input.Columns + c]));
    }

    internal override string Write(OnnxNodes nodes) =>
        nodes.Add("ReduceMean", [nodes[Input]], OnnxMessages.Attribute("axes", [1]), OnnxMessages.Attribute("keepdims", 1));
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Mean step) => Write(step, output => new FloatMean(_values[step.Input], output));
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Mean step)
    {
        var output = OutputOf(step);
        int input = _indices[step.Input];
        var ratio = TfliteArithmetic.Rescale(_network.ScaleOf(input), output.Scale);
        Require(TfliteArithmetic.Mean(ratio, step.Input.Rows) == step.Multiplier, step);
        int axis = _network.Constant("axis", [1], [2]);
        return _network.Run(TfliteKind.Mean, [input, axis], new ReducerOptions(), ShapeOf(step.Output), output);
    }
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    /// <summary>Mean or sum over the rows, whichever dimension they are.</summary>
    public OnnxArray Mean(OnnxArray x, int[] axes, bool isRankKept, bool isSum)
    {
        int[] kept = [.. Enumerable.Range(0, x.Layout.Rank).Except(axes)];
        int[] shape = isRankKept
            ? [.. x.Shape.Select((length, axis) => axes.Contains(axis) ? 1 : length)]
            : [.. kept.Select(axis => x.Shape[axis])];
        int count = ArrayLayout.Product(kept.Select(axis => x.Shape[axis]));
        var turned = x.Layout.Transpose([.. axes, .. kept]);
        var value = network.Rows(x with { Layout = turned with { Shape = [turned.Count / Math.Max(1, count), count] } });
        var mean = network.Write(new FloatMean(value, new FloatValue(1, value.Columns)));
        var result = OnnxArray.Of(mean, ArrayLayout.Plain(shape));
        return isSum ? result with { Function = new ElementFunction(value.Rows, 0) } : result;
    }
}
