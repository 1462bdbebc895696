using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>Multi-head self-attention without the output projection: <c>[S][D]</c> to <c>[S][H * P]</c>, scores over sqrt(P).</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
/// <param name="Biases"><c>[3][H][P]</c>.</param>
/// <param name="Heads">H.</param>
/// <param name="Before">Tokens before itself that a token sees.</param>
/// <param name="After">Tokens after itself that a token sees.</param>
/// <param name="Inside">How the integer model holds what is inside; null in a network that was never quantized.</param>
public sealed record FloatAttention(
    FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases, int Heads, int Before, int After,
    AttentionQuantization? Inside = null)
    : FloatStep(Input, Output)
{
    /// <summary>Columns of a head.</summary>
    public int HeadColumns => Output.Columns / Heads;

    /// <summary>Whether every token sees every token.</summary>
    public bool IsFull => Math.Min(Before, After) >= Input.Rows - 1;

    /// <summary>Whether token <paramref name="row"/> sees token <paramref name="other"/>.</summary>
    public bool Sees(int row, int other) => other >= row - Before && other <= row + After;
}
