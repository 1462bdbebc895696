using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>One convolution over time, with BatchNorm and the network's non-linearity.</summary>
public sealed record ConvolutionOptions
{
    /// <summary>Output channels.</summary>
    [Range(1, 1024)]
    public required int Channels { get; init; }

    /// <summary>Samples under the kernel.</summary>
    [Range(1, 64)]
    public required int Kernel { get; init; }

    /// <summary>Samples from one output to the next.</summary>
    [Range(1, 64)]
    public required int Stride { get; init; }

    /// <summary>Depthwise-separable: each channel by itself over time, then all channels at one time.</summary>
    public bool Separable { get; init; }

    /// <summary>Zeros before the first sample: half a kernel, or all that a causal convolution looks back.</summary>
    public int PadLeft(bool causal) => causal ? Kernel - Stride : Kernel / 2;

    /// <summary>Output rows for a number of input rows; half a kernel of zeros follows the last sample unless causal.</summary>
    public int OutputRows(int rows, bool causal) => (rows + PadLeft(causal) + (causal ? 0 : Kernel / 2) - Kernel) / Stride + 1;
}
