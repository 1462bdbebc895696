using System.Text.Json.Serialization;

namespace NanoFormer.Interchange.Weights;

/// <summary>One convolution over time, half a kernel of zeros before the first sample and after the last.</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Samples under the kernel.</param>
/// <param name="Stride">Samples from one output to the next.</param>
public sealed record EncoderConvolution(int Channels, int Kernel, int Stride)
{
    /// <summary>Zeros before the first and after the last sample.</summary>
    [JsonIgnore]
    public int Padding => Kernel / 2;

    /// <summary>Output rows for a number of input rows.</summary>
    public int OutputRows(int rows) => (rows + 2 * Padding - Kernel) / Stride + 1;
}
