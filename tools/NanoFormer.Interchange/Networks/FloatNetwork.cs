using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

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
        foreach (FloatStep step in Steps.Reverse())
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
