namespace NanoFormer.Interchange.Networks;

/// <summary>Every value limited to a range; ReLU is 0 to infinity.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Low">The lower limit.</param>
/// <param name="High">The upper limit.</param>
public sealed record FloatClip(FloatValue Input, FloatValue Output, float Low, float High) : FloatStep(Input, Output);
