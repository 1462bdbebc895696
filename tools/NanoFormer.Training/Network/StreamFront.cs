using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>The convolutions that make tokens of one stream.</summary>
internal sealed class StreamFront : nn.Module
{
    private readonly ModuleList<AffineLayer> layers;

    private StreamFront(StreamOptions options, ActivationKind activation, IEnumerable<AffineLayer> layers)
        : base(nameof(StreamFront))
    {
        Options = options;
        Activation = activation;
        this.layers = nn.ModuleList([.. layers]);
        RegisterComponents();
    }

    public StreamOptions Options { get; }

    public ActivationKind Activation { get; }

    public static StreamFront Create(StreamOptions options, int windowChannels, ActivationKind activation, bool causal)
    {
        var inputs = options.Convolutions.Select(c => c.Channels).Prepend(options.ChannelsOf(windowChannels) * options.Gains.Count);
        return new StreamFront(options, activation, options.Convolutions.Zip(inputs).SelectMany(pair => Layers(pair.First, pair.Second)));

        IEnumerable<AffineLayer> Layers(ConvolutionOptions conv, int inputs)
        {
            int left = conv.PadLeft(causal);
            var over = new ConvolutionGeometry(conv.Kernel, conv.Stride, left, causal ? 0 : conv.Kernel / 2, conv.Separable);
            var fused = activation.Fused();
            yield return AffineLayer.Convolution(inputs, conv.Separable ? inputs : conv.Channels, over, normAfter: true, fused);
            if (conv.Separable)
            {
                yield return AffineLayer.Convolution(inputs, conv.Channels, new ConvolutionGeometry(1, 1, 0, 0, false), normAfter: true, fused);
            }
        }
    }

    public StreamFront Folded() => new(Options, Activation, layers.Select(layer => layer.Folded()));

    public T Run<T>(IOperators<T> operators, T input, string name)
    {
        var rows = input;
        foreach (var (index, layer) in layers.Index())
        {
            rows = operators.AffineWithActivation(rows, layer, Activation, FormattableString.Invariant($"{name}.convolution{index}"));
        }

        return rows;
    }
}
