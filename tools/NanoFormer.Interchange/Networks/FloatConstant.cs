namespace NanoFormer.Interchange.Networks;

/// <summary>Weights or another constant of a float network, row-major; its shape is that of its use.</summary>
/// <param name="Values">The real values.</param>
/// <param name="Quantized">The int8 values they were made of; null in a network that was never quantized.</param>
public sealed record FloatConstant(float[] Values, QuantizedConstant? Quantized = null);
