using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// A float network: steps in the order they run, each of which writes one matrix. What ONNX files are written of and read into.
/// </summary>
public sealed record FloatNetwork
{
    /// <summary>Names the model.</summary>
    public required string Name { get; init; }

    /// <summary>What the caller brings, <c>[samples][channels]</c>.</summary>
    public required FloatValue Input { get; init; }

    /// <summary>The result.</summary>
    public required FloatValue Output { get; init; }

    /// <summary>The steps.</summary>
    public required IReadOnlyList<FloatStep> Steps { get; init; }

    /// <summary>The columns of the input; empty when nothing is known of them.</summary>
    public IReadOnlyList<InputChannel> Channels { get; init; } = [];

    /// <summary>Names of the output's columns; empty when there are none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>One sentence on where the numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>The network without the steps that its output does not depend on.</summary>
    public FloatNetwork WithoutUnused()
    {
        var needed = new HashSet<FloatValue> { Output };
        var kept = new List<FloatStep>();
        foreach (var step in Steps.Reverse())
        {
            if (!needed.Contains(step.Output))
            {
                continue;
            }

            kept.Add(step);
            needed.UnionWith(step.Inputs);
        }

        kept.Reverse();
        return this with { Steps = kept };
    }
}

/// <summary>One step of a float network. What there is to say of each is in the file of its operator.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it alone writes.</param>
public abstract record FloatStep(FloatValue Input, FloatValue Output)
{
    /// <summary>All values it reads.</summary>
    public virtual IReadOnlyList<FloatValue> Inputs => [Input];

    /// <summary>The numbers it has learned, row-major.</summary>
    public abstract IReadOnlyList<float[]> Parameters { get; }

    /// <summary>Its result, row-major, in plain loops and double precision.</summary>
    internal abstract float[] Run(IReadOnlyDictionary<FloatValue, float[]> values);

    /// <summary>Writes its nodes; gives the name of their result.</summary>
    internal abstract string Write(OnnxNodes nodes);

    private protected float[] Fill(Func<int, int, double> element)
    {
        float[] result = new float[Output.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)element(i / Output.Columns, i % Output.Columns);
        }

        return result;
    }

    private protected float[] Map(IReadOnlyDictionary<FloatValue, float[]> values, Func<double, double> function) =>
        [.. values[Input].Select(value => (float)function(value))];
}

/// <summary>
/// A matrix between the steps of a float network: a row is a time step or token, a column a channel. Values are told apart by identity.
/// </summary>
/// <param name="rows">Time steps or tokens.</param>
/// <param name="columns">Channels.</param>
/// <param name="quantization">How the integer model holds it; null in a network that was never quantized.</param>
public sealed class FloatValue(int rows, int columns, Quantization? quantization = null)
{
    /// <summary>Time steps or tokens.</summary>
    public int Rows { get; } = rows;

    /// <summary>Channels.</summary>
    public int Columns { get; } = columns;

    /// <summary>How the integer model holds it; null in a network that was never quantized.</summary>
    public Quantization? Quantization { get; } = quantization;

    /// <summary>Number of elements.</summary>
    public int Count => Rows * Columns;
}

/// <summary>Weights or another constant of a float network, row-major; its shape is that of its use.</summary>
/// <param name="Values">The real values.</param>
/// <param name="Quantized">The int8 values they were made of; null in a network that was never quantized.</param>
public sealed record FloatConstant(float[] Values, QuantizedConstant? Quantized = null);

/// <summary>The int8 values behind a constant of a network that was dequantized, in the order of the real ones.</summary>
/// <param name="Values">As many as real values.</param>
/// <param name="Scales">One, or one for each output channel.</param>
/// <param name="ZeroPoint">The value that stands for 0.</param>
public sealed record QuantizedConstant(sbyte[] Values, float[] Scales, int ZeroPoint = 0);
