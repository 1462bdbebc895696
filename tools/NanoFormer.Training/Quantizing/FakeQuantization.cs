using static TorchSharp.torch;
using Quantization = NanoFormer.Model.Quantization;

namespace NanoFormer.Training.Quantizing;

/// <summary>
/// Rounds float tensors to the values their quantized form can hold; gradients pass straight through where nothing was clipped.
/// </summary>
/// <remarks>
/// Halves go away from zero, as on the device. The device rounds twice (NUMERICS.md, section 2.3): with a shift of -n its first rounding is
/// off by up to 2^-(n+1) steps of the result, so the two may differ, by one step, where a value lies that close to a half.
/// </remarks>
internal static class FakeQuantization
{
    private const int WeightLimit = 127;

    /// <summary>Activations: int8 with one scale and zero point.</summary>
    public static Tensor Activations(Tensor values, Quantization quantization)
    {
        var (scale, zeroPoint) = quantization;
        var steps = (values / scale).clamp(sbyte.MinValue - zeroPoint, sbyte.MaxValue - zeroPoint);
        return Round(steps) * scale;
    }

    /// <summary>Weights <c>[N, ...]</c>: int8 in -127..127 with one scale an output, <c>[N]</c>.</summary>
    public static Tensor Weights(Tensor weights, Tensor scales)
    {
        var wide = scales.reshape([-1, .. Enumerable.Repeat(1L, (int)weights.dim() - 1)]);
        return Round((weights / wide).clamp(-WeightLimit, WeightLimit)) * wide;
    }

    /// <summary>Multiples of a step, element by element, without limits: what int32 biases can hold.</summary>
    public static Tensor Biases(Tensor biases, Tensor step) => Round(biases / step) * step;

    private static Tensor Round(Tensor steps)
    {
        var correction = steps.detach().abs().add_(0.5).floor_().mul_(steps.detach().sign()).sub_(steps.detach());
        return steps + correction;
    }
}
