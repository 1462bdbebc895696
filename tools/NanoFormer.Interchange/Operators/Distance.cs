using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>The mean absolute or squared difference of two matrices: one value.</summary>
/// <param name="Input">The reconstruction of the signal.</param>
/// <param name="Actual">The signal.</param>
/// <param name="Output">What it writes, <c>[1][1]</c>.</param>
/// <param name="Norm">Absolute or squared.</param>
/// <param name="Lag">Rows by which the reconstruction is ahead.</param>
public sealed record FloatDistance(FloatValue Input, FloatValue Actual, FloatValue Output, DistanceNorm Norm, int Lag) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Actual];

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        int lag = Lag * Input.Columns;
        var differences = values[Input][..^lag].Zip(values[Actual][lag..], (a, b) => Math.Abs((double)a - b));
        return [(float)differences.Average(difference => Math.Pow(difference, (int)Norm))];
    }

    internal override string Write(OnnxNodes nodes)
    {
        int rows = Input.Rows;
        string reconstruction = Lag == 0 ? nodes[Input] : nodes.Slice(nodes[Input], 1, 0, rows - Lag, 1);
        string actual = Lag == 0 ? nodes[Actual] : nodes.Slice(nodes[Actual], 1, Lag, rows, 1);
        string difference = nodes.Add("Sub", reconstruction, actual);
        string size = Norm == DistanceNorm.Absolute ? nodes.Add("Abs", difference) : nodes.Add("Mul", difference, difference);
        return nodes.Add("ReduceMean", [size], OnnxMessages.Attribute("axes", [1, 2]), OnnxMessages.Attribute("keepdims", 1));
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Distance step) => step.Output.Columns == 1
        ? Write(step, output => new FloatDistance(_values[step.Input], _values[step.Second], output, step.Norm, step.Lag))
        : throw NotExpressible(step, "let it have one result, not one per channel");
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Distance step) => throw NotExpressible(
        step, "builtin operators sum no differences; let the model end with the reconstruction");
}

/// <summary>
/// The difference of two matrices of one shape, maybe its size: of an anomaly score; or a sum with one of them negative.
/// </summary>
internal sealed record DifferenceOrigin(OnnxArray First, OnnxArray Second, DistanceNorm? Norm = null) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network)
    {
        if (Norm is not null)
        {
            throw new Refusal("sizes of differences are only averaged to an anomaly score; use the mean over all of them");
        }

        var first = First;
        var second = Second with { Function = Second.Function.Times(-1) };
        var left = network.Matrix(ref first);
        return new ValueOrigin(network.Write(new FloatAdd(left, network.Matrix(ref second), new FloatValue(left.Rows, left.Columns))));
    }

    public override OnnxArray? Reduced(OnnxLayers layers, OnnxArray array, int[] axes, bool isRankKept, bool isSum) =>
        Norm is null ? null
        : isSum ? throw new Refusal("differences must be averaged to a score, not summed")
        : layers.Score(array, axes, isRankKept);
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    /// <summary>The mean size of a difference: an anomaly score.</summary>
    public OnnxArray Score(OnnxArray x, int[] axes, bool isRankKept)
    {
        var (first, second, norm) = ((DifferenceOrigin)x.Origin) is { Norm: { } size } difference
            ? (difference.First, difference.Second, size)
            : throw new Refusal("it averages differences that may cancel; use their absolute values or squares");
        var (reconstruction, from) = Span(ref first);
        var (actual, to) = Span(ref second);
        int lag = to - from;
        bool isWhole = axes.Length == x.Layout.Rank || axes.Where(axis => x.Shape[axis] != 1).Order().SequenceEqual(
            Enumerable.Range(0, x.Layout.Rank).Where(axis => x.Shape[axis] != 1));
        if (!isWhole || from != 0 || lag < 0 || (reconstruction.Rows, reconstruction.Columns) != (actual.Rows, actual.Columns)
            || first.Layout.Count != (reconstruction.Rows - lag) * reconstruction.Columns)
        {
            throw new Refusal("an anomaly score is the mean difference of two matrices, the second maybe some rows later; use that");
        }

        var distance = network.Write(new FloatDistance(reconstruction, actual, new FloatValue(1, 1), norm, lag));
        return OnnxArray.Of(distance, ArrayLayout.Plain(isRankKept ? [.. x.Shape.Select(_ => 1)] : []));
    }

    /// <summary>The matrix that whole rows are of, and the first of them.</summary>
    private (FloatValue Value, int FirstRow) Span(ref OnnxArray array)
    {
        var value = network.Matrix(ref array);
        int first = array.Layout.Positions[0];
        return first % value.Columns == 0 && !array.Layout.Positions.Where((position, i) => position != first + i).Any()
            ? (value, first / value.Columns)
            : throw new Refusal("an anomaly score is the mean difference of whole rows; use that");
    }
}
