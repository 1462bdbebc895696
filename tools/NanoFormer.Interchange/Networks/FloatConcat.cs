using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>Two matrices joined along rows or columns.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Second">What comes behind.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Axis">Along what.</param>
public sealed record FloatConcat(FloatValue Input, FloatValue Second, FloatValue Output, ConcatAxis Axis) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Second];
}
