using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>The last row.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatLast(FloatValue Input, FloatValue Output) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values) => values[Input][^Input.Columns..];

    internal override string Write(OnnxNodes nodes) => nodes.Slice(nodes[Input], 1, Input.Rows - 1, Input.Rows, 1);
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Last step) => Write(step, output => new FloatLast(_values[step.Input], output));
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Last step) => _network.Rows(_indices[step.Input], step.Input.Rows - 1, 1);
}
