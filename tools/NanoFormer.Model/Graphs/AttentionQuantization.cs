namespace NanoFormer.Model;

/// <summary>The quantizations inside and after an attention operator.</summary>
/// <param name="Query">Of the projected queries.</param>
/// <param name="Key">Of the projected keys.</param>
/// <param name="Value">Of the projected values.</param>
/// <param name="Scores">Of <c>query . key / sqrt(head columns)</c>, the input of the softmax.</param>
/// <param name="Output">Of the heads' results.</param>
public sealed record AttentionQuantization(
    Quantization Query,
    Quantization Key,
    Quantization Value,
    Quantization Scores,
    Quantization Output);
