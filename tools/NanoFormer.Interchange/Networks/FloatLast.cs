namespace NanoFormer.Interchange.Networks;

/// <summary>The last row.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatLast(FloatValue Input, FloatValue Output) : FloatStep(Input, Output);
