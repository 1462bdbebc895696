using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>A LayerNorm with gain and bias of each column.</summary>
internal sealed class LayerNormLayer : nn.Module
{
    public const double Epsilon = 1e-5;

    private readonly Parameter weight;
    private readonly Parameter bias;

    public LayerNormLayer(int columns)
        : this(ones(columns), zeros(columns))
    {
    }

    private LayerNormLayer(Tensor weight, Tensor bias)
        : base(nameof(LayerNormLayer))
    {
        this.weight = nn.Parameter(weight);
        this.bias = nn.Parameter(bias);
        RegisterComponents();
    }

    public Parameter Weight => weight;

    public Parameter Bias => bias;

    /// <summary>The same with parameters of its own.</summary>
    public LayerNormLayer Copy() => new(weight.detach().clone(), bias.detach().clone());
}
