namespace NanoFormer.Interchange.Networks;

/// <summary>Mean over rows.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatMean(FloatValue Input, FloatValue Output) : FloatStep(Input, Output);
