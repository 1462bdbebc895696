using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>The mean absolute or squared difference of two matrices: one value.</summary>
/// <param name="Input">What is told of the signal.</param>
/// <param name="Actual">What came.</param>
/// <param name="Output">What it writes, <c>[1][1]</c>.</param>
/// <param name="Norm">Absolute or squared.</param>
/// <param name="Lag">Rows by which what is told is ahead.</param>
public sealed record FloatError(FloatValue Input, FloatValue Actual, FloatValue Output, DistanceNorm Norm, int Lag) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Actual];
}
