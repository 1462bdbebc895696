using NanoFormer.Training.Quantizing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>
/// The network as the device runs it, every BatchNorm folded. One forward pass serves as the float twin and, with a quantizer, as the
/// quantization-aware network: <c>[B, T, C]</c> in, logits <c>[B, classes]</c> out.
/// </summary>
internal sealed class FoldedEncoder : nn.Module
{
    private readonly ModuleList<FoldedConvolution> convolutions;
    private readonly Parameter positions;
    private readonly ModuleList<FoldedBlock> blocks;
    private readonly AffineLayer head;

    public FoldedEncoder(
        IEnumerable<FoldedConvolution> convolutions, Tensor positions, IEnumerable<FoldedBlock> blocks, AffineLayer head)
        : base(nameof(FoldedEncoder))
    {
        this.convolutions = nn.ModuleList([.. convolutions]);
        this.positions = nn.Parameter(positions.detach().clone());
        this.blocks = nn.ModuleList([.. blocks]);
        this.head = head;
        RegisterComponents();
    }

    public IReadOnlyList<FoldedConvolution> Convolutions => [.. convolutions];

    /// <summary>Learned positions <c>[S, D]</c>.</summary>
    public Tensor Positions => positions;

    public IReadOnlyList<FoldedBlock> Blocks => [.. blocks];

    public AffineLayer Head => head;

    /// <summary>Runs a batch with the given rounding of activations (and, if it rounds, of weights and biases).</summary>
    public Tensor Forward(Tensor input, IActivationRounding rounding)
    {
        var name = ActivationNames.Input;
        var tokens = Embed(rounding.Apply(name, input), rounding);
        name = ActivationNames.Embedded;
        foreach (var (index, block) in blocks.Index())
        {
            var names = ActivationNames.Block(index);
            tokens = block.Forward(tokens, name, names, rounding);
            name = names.Output;
        }
        var mean = rounding.Apply(ActivationNames.Mean, tokens.mean([1]));
        var (weight, bias) = head.Rounded(rounding.Scale(ActivationNames.Mean));
        return rounding.Apply(ActivationNames.Logits, nn.functional.linear(mean, weight, bias));
    }

    private Tensor Embed(Tensor input, IActivationRounding rounding)
    {
        var name = ActivationNames.Input;
        var signal = input.transpose(1, 2);
        foreach (var (index, convolution) in convolutions.Index())
        {
            var outputName = ActivationNames.Convolution(index);
            signal = convolution.Forward(signal, name, outputName, rounding);
            name = outputName;
        }
        var placed = signal.transpose(1, 2) + rounding.Apply(ActivationNames.Positions, positions);
        return rounding.Apply(ActivationNames.Embedded, placed);
    }
}
