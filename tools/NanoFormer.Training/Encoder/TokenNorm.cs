using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>BatchNorm over the last dimension, whatever stands before it: it folds into the linear layer that follows.</summary>
internal sealed class TokenNorm : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm1d norm;

    public TokenNorm(int columns)
        : base(nameof(TokenNorm))
    {
        norm = nn.BatchNorm1d(columns);
        RegisterComponents();
    }

    public BatchNorm1d Norm => norm;

    public override Tensor forward(Tensor input) => norm.forward(input.flatten(0, -2)).reshape(input.shape);
}
