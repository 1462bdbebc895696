namespace NanoFormer.Interchange.Networks;

/// <summary>Sum of two matrices of one shape.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Second">The second operand.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatAdd(FloatValue Input, FloatValue Second, FloatValue Output) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Second];
}
