namespace NanoFormer.Interchange.Networks;

/// <summary>Every row to mean 0 and deviation 1, then gain and bias a column.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Gains"><c>[C]</c>.</param>
/// <param name="Biases"><c>[C]</c>.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record FloatLayerNorm(FloatValue Input, FloatValue Output, float[] Gains, float[] Biases, float Epsilon)
    : FloatStep(Input, Output);
