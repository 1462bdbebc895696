namespace NanoFormer.Interchange.Networks;

/// <summary>Sum of a matrix and a constant one, such as learned positions.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Constant"><c>[R][C]</c>.</param>
public sealed record FloatAddConstant(FloatValue Input, FloatValue Output, FloatConstant Constant) : FloatStep(Input, Output);
