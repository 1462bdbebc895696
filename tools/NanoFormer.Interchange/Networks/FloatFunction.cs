namespace NanoFormer.Interchange.Networks;

/// <summary>A function of one value.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Function">Which.</param>
public sealed record FloatFunction(FloatValue Input, FloatValue Output, FloatFunctionKind Function) : FloatStep(Input, Output);
