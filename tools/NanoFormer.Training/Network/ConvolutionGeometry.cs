using NanoFormer.Model;

namespace NanoFormer.Training.Network;

/// <summary>How a convolution moves over time.</summary>
/// <param name="Kernel">Rows under the kernel.</param>
/// <param name="Stride">Rows from one output to the next.</param>
/// <param name="PadLeft">Zeros before the first row.</param>
/// <param name="PadRight">Zeros behind the last row.</param>
/// <param name="IsDepthwise">Every channel by itself.</param>
internal sealed record ConvolutionGeometry(int Kernel, int Stride, int PadLeft, int PadRight, bool IsDepthwise)
{
    /// <summary>The shape over an input of some rows, as the engines describe it.</summary>
    public ConvolutionShape ShapeFor(int rows) => new(Kernel, Stride, PadLeft, (rows + PadLeft + PadRight - Kernel) / Stride + 1);
}
