using NanoFormer.Training.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>
/// The network as it is first trained: float, with BatchNorm and dropout. <c>[B, T, C]</c> in, logits <c>[B, classes]</c> out.
/// </summary>
internal sealed class FloatEncoder : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Conv1d> convolutions;
    private readonly ModuleList<BatchNorm1d> convolutionNorms;
    private readonly Parameter positions;
    private readonly Dropout dropout;
    private readonly ModuleList<FloatBlock> blocks;
    private readonly TokenNorm headNorm;
    private readonly Linear head;

    public FloatEncoder(ArchitectureOptions options, int windowSamples, int channels, int classes, double dropRate)
        : base(nameof(FloatEncoder))
    {
        var inputs = options.Convolutions.Select(c => c.Channels).Prepend(channels);
        convolutions = nn.ModuleList([.. options.Convolutions.Zip(inputs, (c, inputs) =>
            nn.Conv1d(inputs, c.Channels, c.Kernel, c.Stride, c.Padding, bias: false))]);
        convolutionNorms = nn.ModuleList([.. options.Convolutions.Select(c => nn.BatchNorm1d(c.Channels))]);
        positions = nn.Parameter(randn(options.Tokens(windowSamples), options.Width) * 0.02);
        dropout = nn.Dropout(dropRate);
        blocks = nn.ModuleList([.. Enumerable.Range(0, options.Blocks).Select(_ => new FloatBlock(options, dropRate))]);
        headNorm = new TokenNorm(options.Width);
        head = nn.Linear(options.Width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var signal = input.transpose(1, 2);
        foreach (var (convolution, norm) in convolutions.Zip(convolutionNorms))
        {
            signal = norm.forward(convolution.forward(signal)).relu();
        }
        var tokens = dropout.forward(signal.transpose(1, 2) + positions);
        foreach (var block in blocks)
        {
            tokens = block.forward(tokens);
        }
        return head.forward(headNorm.forward(tokens.mean([1])));
    }

    /// <summary>The same network as used for inference, every BatchNorm folded into its neighbour.</summary>
    public FoldedEncoder Fold() => new(
        convolutions.Zip(convolutionNorms, (convolution, norm) => new FoldedConvolution(
            AffineLayer.FoldNormAfter(convolution, norm), (int)convolution.stride[0], (int)convolution.padding![0])),
        positions,
        blocks.Select(b => b.Fold()),
        AffineLayer.FoldNormBefore(headNorm.Norm, head));
}
