namespace NanoFormer.Training.Configuration;

/// <summary>One convolution over time; padded so that a stride of 1 keeps the length of an odd kernel.</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Samples under the kernel.</param>
/// <param name="Stride">Samples from one output to the next.</param>
public sealed record ConvolutionOptions(int Channels, int Kernel, int Stride)
{
    /// <summary>Zeros put before the first and after the last sample.</summary>
    public int Padding => Kernel / 2;

    /// <summary>Output rows for a number of input rows.</summary>
    public int OutputRows(int rows) => (rows + 2 * Padding - Kernel) / Stride + 1;
}
