namespace NanoFormer.Model;

/// <summary>The quantizations inside and after a linear attention operator.</summary>
/// <param name="Query">Of the projected queries; values below 0 are cut.</param>
/// <param name="Key">Of the projected keys; values below 0 are cut.</param>
/// <param name="Value">Of the projected values.</param>
/// <param name="Output">Of the heads' results.</param>
public sealed record LinearAttentionQuantization(Quantization Query, Quantization Key, Quantization Value, Quantization Output);
