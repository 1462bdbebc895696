namespace NanoFormer.Interchange.Networks;

/// <summary>Every column times a gain, plus an offset: what BatchNorm is when it no longer learns.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Gains"><c>[C]</c>.</param>
/// <param name="Offsets"><c>[C]</c>.</param>
public sealed record FloatScale(FloatValue Input, FloatValue Output, float[] Gains, float[] Offsets) : FloatStep(Input, Output);
