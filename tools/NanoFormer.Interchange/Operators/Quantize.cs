using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Columns from one on, and the last of every few rows: <c>[T][C]</c> to <c>[T / step][N]</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="FirstColumn">The first of the columns taken.</param>
/// <param name="RowStep">Every n-th row is taken.</param>
public sealed record FloatSelect(FloatValue Input, FloatValue Output, int FirstColumn, int RowStep) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        return Fill((r, c) => x[(((r + 1) * RowStep) - 1) * Input.Columns + FirstColumn + c]);
    }

    internal override string Write(OnnxNodes nodes)
    {
        string x = nodes[Input];
        string columns = Output.Columns == Input.Columns ? x : nodes.Slice(x, 2, FirstColumn, FirstColumn + Output.Columns, 1);
        int rows = Output.Rows * RowStep;
        return RowStep == 1 && rows == Input.Rows ? columns : nodes.Slice(columns, 1, RowStep - 1, rows, RowStep);
    }
}

/// <summary>Every column times a gain, plus an offset: what BatchNorm is when it no longer learns.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Gains"><c>[C]</c>.</param>
/// <param name="Offsets"><c>[C]</c>.</param>
public sealed record FloatScale(FloatValue Input, FloatValue Output, float[] Gains, float[] Offsets) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Gains, Offsets];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        return Fill((r, c) => (double)x[r * Input.Columns + c] * Gains[c] + Offsets[c]);
    }

    internal override string Write(OnnxNodes nodes) => nodes.Add("Add",
        nodes.Add("Mul", nodes[Input], nodes.Constant([Gains.Length], Gains)), nodes.Constant([Offsets.Length], Offsets));
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Quantize step)
    {
        var selected = Selected(step);
        var constants = new ChannelConstants(step.ChannelConstants);
        int columns = step.Output.Columns;
        float[] gains = new float[columns];
        float[] offsets = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            double realStep = constants.Multiplier(c).ToReal() * step.Output.Scale.ToReal();
            gains[c] = (float)(realStep / _graph.Input.Channels[step.FirstChannel + c].Scale.ToReal());
            offsets[c] = (float)(-constants.Biases[c] * realStep);
        }

        return Write(step, output => new FloatScale(selected, output, gains, offsets));
    }

    /// <summary>The channels and samples that are quantized: the window itself where that is all of them.</summary>
    private FloatValue Selected(Quantize step)
    {
        var window = _values[step.Input];
        if (step.Step == 1 && step.Output.Columns == window.Columns)
        {
            return window;
        }

        var selected = new FloatValue(step.Output.Rows, step.Output.Columns);
        _steps.Add(new FloatSelect(window, selected, step.FirstChannel, step.Step));
        return selected;
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Quantize step) => AddInput(InputDescription.NameOf(step, _graph), step.Output);
}
