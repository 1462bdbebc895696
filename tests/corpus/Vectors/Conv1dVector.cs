using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// A convolution over time: input <c>[Samples][Channels]</c>, weights <c>[Out][Kernel][Channels]</c>, output <c>[OutSamples][Out]</c>;
/// biases not folded.
/// </summary>
public sealed record Conv1dVector(
    int Samples,
    int Channels,
    int Out,
    int Kernel,
    int Stride,
    int PadLeft,
    int OutSamples,
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
