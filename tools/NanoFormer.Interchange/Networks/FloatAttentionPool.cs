namespace NanoFormer.Interchange.Networks;

/// <summary>Mean over rows, weighted by a softmax of learned scores.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[C]</c>.</param>
/// <param name="Biases"><c>[1]</c>.</param>
public sealed record FloatAttentionPool(FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases)
    : FloatStep(Input, Output);
