using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// A convolution over time of every channel by itself: input <c>[Samples][Channels]</c>, weights <c>[Kernel][Channels]</c>, output
/// <c>[OutSamples][Channels]</c>; biases not folded.
/// </summary>
public sealed record DepthwiseConv1dVector(
    int Samples,
    int Channels,
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
    /// <summary>The <c>[3][Channels]</c> constants with folded biases.</summary>
    public ConstantTensor FoldedConstants() => Folding.FoldColumns(Bias, Weights, InputZeroPoint, Multiplier, Shift);
}
