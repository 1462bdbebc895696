namespace NanoFormer.Interchange.Networks;

/// <summary>Fully connected layer on every row: <c>[T][K]</c> to <c>[T][N]</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[N][K]</c>.</param>
/// <param name="Biases"><c>[N]</c>.</param>
public sealed record FloatLinear(FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases)
    : FloatStep(Input, Output);
