using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Every row to mean 0 and deviation 1, then gain and bias per column.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Gains"><c>[C]</c>.</param>
/// <param name="Biases"><c>[C]</c>.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record FloatLayerNorm(FloatValue Input, FloatValue Output, float[] Gains, float[] Biases, float Epsilon)
    : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Gains, Biases];

    internal override string Write(OnnxNodes nodes) => nodes.Add("LayerNormalization",
        [nodes[Input], nodes.Constant([Gains.Length], Gains), nodes.Constant([Biases.Length], Biases)],
        OnnxMessages.Attribute("axis", -1), OnnxMessages.Attribute("epsilon", Epsilon));

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        int columns = Input.Columns;
        double[] means = new double[Input.Rows];
        double[] deviations = new double[Input.Rows];
        for (int r = 0; r < means.Length; r++)
        {
            float[] row = x[(r * columns)..((r + 1) * columns)];
            double mean = row.Average(value => (double)value);
            means[r] = mean;
            deviations[r] = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + Epsilon);
        }

        return Fill((r, c) => (x[r * columns + c] - means[r]) / deviations[r] * Gains[c] + Biases[c]);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(LayerNorm step)
    {
        int columns = step.Output.Columns;
        var constants = new ChannelConstants(step.ChannelConstants);
        double scale = step.Output.Scale.ToReal();
        float[] gains = new float[columns];
        float[] biases = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            double unit = constants.Multiplier(c).ToReal() * scale;
            gains[c] = (float)(step.Weights.Int8Values[c] * unit * Math.ScaleB(1, 15) / Math.Sqrt(columns));
            biases[c] = (float)(constants.Biases[c] * unit);
        }

        double inputScale = step.Input.Scale.ToReal();
        float epsilon = (float)(step.Epsilon * inputScale * inputScale / Math.Pow(columns, 3));
        return Limit(step, step.Clamp, output => new FloatLayerNorm(_values[step.Input], output, gains, biases, epsilon));
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(LayerNorm step) => throw NotExpressible(
        step, "builtin operators have no integer layer normalization; train with BatchNorm, which folds away");
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    /// <summary>LayerNorm over the last dimension; gains and biases are constants of that size.</summary>
    public OnnxArray LayerNorm(OnnxArray x, double[] gains, double[] biases, float epsilon)
    {
        if (!float.IsFinite(epsilon))
        {
            throw new Refusal("its epsilon is infinite or not a number; train the network again");
        }

        var rows = network.Rows(x);
        return rows.Columns == gains.Length && rows.Columns == biases.Length
            ? OnnxArray.Of(network.Write(new FloatLayerNorm(rows, new FloatValue(rows.Rows, rows.Columns), NetworkBuilder.Floats(gains),
                NetworkBuilder.Floats(biases), epsilon)), ArrayLayout.Plain(x.Shape))
            : throw new Refusal("its gains and biases are not one per channel; use LayerNorm over the channels alone");
    }
}
