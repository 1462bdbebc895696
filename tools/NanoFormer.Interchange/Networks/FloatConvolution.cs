namespace NanoFormer.Interchange.Networks;

/// <summary>Convolution over time, zeros before the first row and after the last.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[N][kernel][C]</c>; depthwise <c>[kernel][C]</c>.</param>
/// <param name="Biases"><c>[N]</c>.</param>
/// <param name="IsDepthwise">Every channel by itself.</param>
/// <param name="Kernel">Rows under the kernel.</param>
/// <param name="Stride">Rows from one output to the next.</param>
/// <param name="PadLeft">Rows of zeros before the first.</param>
public sealed record FloatConvolution(
    FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases, bool IsDepthwise, int Kernel, int Stride, int PadLeft)
    : FloatStep(Input, Output);
