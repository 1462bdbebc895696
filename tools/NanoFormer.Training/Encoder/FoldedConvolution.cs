using NanoFormer.Model;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace NanoFormer.Training.Encoder;

/// <summary>A convolution with ReLU, its BatchNorm folded in. <c>[B, C, T]</c> to <c>[B, N, U]</c>.</summary>
internal sealed class FoldedConvolution : nn.Module
{
    private readonly AffineLayer layer;

    public FoldedConvolution(AffineLayer layer, int stride, int padding)
        : base(nameof(FoldedConvolution))
    {
        this.layer = layer;
        Stride = stride;
        Padding = padding;
        RegisterComponents();
    }

    public AffineLayer Layer => layer;

    public int Stride { get; }

    public int Padding { get; }

    /// <summary>The walk over an input of some rows, as the engines describe it.</summary>
    public ConvolutionShape ShapeFor(int rows)
    {
        var kernel = (int)layer.Weight.shape[2];
        return new ConvolutionShape(kernel, Stride, Padding, (rows + 2 * Padding - kernel) / Stride + 1);
    }

    public Tensor Forward(Tensor input, string inputName, string outputName, IActivationRounding rounding)
    {
        var (weight, bias) = layer.Rounded(rounding.Scale(inputName));
        return rounding.Apply(outputName, nn.functional.conv1d(input, weight, bias, Stride, Padding).relu());
    }
}
