using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Softmax over each row.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatSoftmax(FloatValue Input, FloatValue Output) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override string Write(OnnxNodes nodes) => nodes.Add("Softmax", [nodes[Input]], OnnxMessages.Attribute("axis", -1));

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        int columns = Input.Columns;
        double[][] rows = [.. Enumerable.Range(0, Input.Rows)
            .Select(r => Of([.. x.AsSpan(r * columns, columns).ToArray().Select(value => (double)value)]))];
        return Fill((r, c) => rows[r][c]);
    }

    /// <summary>The softmax of one row.</summary>
    internal static double[] Of(double[] row)
    {
        double greatest = row.Max();
        double[] exponentials = Array.ConvertAll(row, value => Math.Exp(value - greatest));
        double sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Softmax step) => Write(step, output => new FloatSoftmax(_values[step.Input], output));
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Softmax step)
    {
        int input = _indices[step.Input];
        return Probabilities(input, Found(ScaleSearch.Beta(_network.ScaleOf(input), step.Exponentials.Scale), step));
    }

    private int Probabilities(int input, float beta)
    {
        var output = new TfliteQuantization((float)Quantization.Probability.Scale, Quantization.Probability.ZeroPoint);
        return _network.Run(TfliteKind.Softmax, [input], new SoftmaxOptions(beta), _network[input].Shape, output);
    }
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    /// <summary>A softmax: of scores, of the scores of pooling, or of each row.</summary>
    public OnnxArray Softmax(OnnxArray x, int axis, bool isFlattening)
    {
        if (isFlattening && ArrayLayout.Product(x.Shape[(axis + 1)..]) != 1)
        {
            throw new Refusal("it goes over several dimensions; export operator set 13 or later");
        }

        if (x.Origin is ScoresOrigin scores)
        {
            return axis == x.Layout.Rank - 1 && IsPlain(x)
                ? new OnnxArray(new AttentionWeightsOrigin(scores with { Factor = scores.Factor * FactorOf(x) }), x.Layout)
                : throw new Refusal("the softmax of attention must go over the keys");
        }

        var value = network.Matrix(ref x);
        if (value.Columns == 1 && value.Rows > 1 && x.Shape[axis] == value.Rows && x.Layout.IsInOrder)
        {
            return new OnnxArray(new PoolWeightsOrigin(value), x.Layout);
        }

        var rows = axis == x.Layout.Rank - 1 ? network.Rows(x) : throw new Refusal("it must go over the last dimension");
        return OnnxArray.Of(network.Write(new FloatSoftmax(rows, new FloatValue(rows.Rows, rows.Columns))), ArrayLayout.Plain(x.Shape));
    }
}
