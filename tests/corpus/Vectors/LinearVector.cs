using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// A fully connected layer: input <c>[Tokens][In]</c>, weights <c>[Out][In]</c>, output <c>[Tokens][Out]</c>; biases not folded.
/// </summary>
public sealed record LinearVector(
    int Tokens,
    int In,
    int Out,
    int InputZeroPoint,
    int OutputZeroPoint,
    int ClampMin,
    int ClampMax,
    int[] Multiplier,
    int[] Shift,
    int[] Bias,
    sbyte[] Weights,
    sbyte[] Input,
    sbyte[] Output)
{
    /// <summary>The <c>[3][Out]</c> constants with folded biases.</summary>
    public ConstantTensor FoldedConstants() => Folding.FoldRows(Bias, Weights, InputZeroPoint, Multiplier, Shift);
}
