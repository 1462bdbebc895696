namespace NanoFormer.Interchange.Networks;

/// <summary>The int8 values behind a constant of a network that was dequantized, in the order of the real ones.</summary>
/// <param name="Values">As many as real values.</param>
/// <param name="Scales">One, or one for each output channel.</param>
/// <param name="ZeroPoint">The value that stands for 0.</param>
public sealed record QuantizedConstant(sbyte[] Values, float[] Scales, int ZeroPoint = 0);
