using NanoFormer.Training.Quantizing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>
/// Weights <c>[N, ...]</c> and bias <c>[N]</c> of a folded linear layer or convolution, rounded to int8 and int32 steps on demand.
/// </summary>
internal sealed class AffineLayer : nn.Module
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    public AffineLayer(Tensor weight, Tensor bias)
        : base(nameof(AffineLayer))
    {
        this.weight = nn.Parameter(weight.detach().clone());
        this.bias = nn.Parameter(bias.detach().clone());
        RegisterComponents();
    }

    public Tensor Weight => weight;

    public Tensor Bias => bias;

    /// <summary>A linear layer as it is.</summary>
    public static AffineLayer From(Linear linear) => new(linear.weight, linear.bias!);

    /// <summary><c>linear(norm(x))</c> as one layer.</summary>
    public static AffineLayer FoldNormBefore(BatchNorm1d norm, Linear linear)
    {
        using var inference = no_grad();
        var (gain, offset) = GainAndOffset(norm);
        return new AffineLayer(linear.weight * gain, linear.bias! + linear.weight.matmul(offset));
    }

    /// <summary><c>norm(convolution(x))</c> as one layer; the convolution has no bias.</summary>
    public static AffineLayer FoldNormAfter(Conv1d convolution, BatchNorm1d norm)
    {
        using var inference = no_grad();
        var (gain, offset) = GainAndOffset(norm);
        return new AffineLayer(convolution.weight * gain.reshape(-1, 1, 1), offset);
    }

    /// <summary>
    /// Weights and bias as the device has them, when <paramref name="inputScale"/> is given; gradients pass straight through.
    /// </summary>
    public (Tensor Weight, Tensor Bias) Rounded(double? inputScale)
    {
        if (inputScale is not { } scale)
        {
            return (weight, bias);
        }
        var scales = WeightScales();
        return (FakeQuantization.Weights(weight, scales), FakeQuantization.Biases(bias, scales * scale));
    }

    /// <summary>The int8 step of each output's weights, <c>[N]</c>.</summary>
    public Tensor WeightScales()
    {
        using var inference = no_grad();
        return (weight.abs().flatten(1).amax([1]) / 127).clamp_min(1e-8);
    }

    private static (Tensor Gain, Tensor Offset) GainAndOffset(BatchNorm1d norm)
    {
        var gain = norm.weight! * (norm.running_var! + norm.eps).rsqrt();
        return (gain, norm.bias! - norm.running_mean! * gain);
    }
}
