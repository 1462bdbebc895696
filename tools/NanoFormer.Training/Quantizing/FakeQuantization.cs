using static TorchSharp.torch;

namespace NanoFormer.Training.Quantizing;

/// <summary>
/// Rounds weights and biases to the values their integers stand for; gradients pass straight through where nothing was clipped.
/// Halves go away from zero.
/// </summary>
internal static class FakeQuantization
{
    private const int WeightLimit = 127;

    /// <summary>Weights <c>[N, ...]</c>: int8 in -127..127 with one scale an output, <c>[N]</c>.</summary>
    public static Tensor Weights(Tensor weights, Tensor scales) =>
        WeightSteps(weights, scales) * Wide(weights, scales);

    /// <summary>The whole numbers of <see cref="Weights"/>.</summary>
    public static Tensor WeightSteps(Tensor weights, Tensor scales) =>
        Round((weights / Wide(weights, scales)).clamp(-WeightLimit, WeightLimit));

    /// <summary>The same, divided in double precision as the exporter does: a quotient near a half must not fall to the other side.</summary>
    public static Tensor ExactWeightSteps(Tensor weights, Tensor scales) =>
        WeightSteps(weights.to(ScalarType.Float64), scales.to(ScalarType.Float64)).to(ScalarType.Float32);

    /// <summary>Multiples of a step, element by element, without limits: what int32 biases can hold.</summary>
    public static Tensor Biases(Tensor biases, Tensor step) => Round(biases / step) * step;

    private static Tensor Wide(Tensor weights, Tensor scales) =>
        scales.reshape([-1, .. Enumerable.Repeat(1L, (int)weights.dim() - 1)]);

    private static Tensor Round(Tensor steps)
    {
        var correction = steps.detach().abs().add_(0.5).floor_().mul_(steps.detach().sign()).sub_(steps.detach());
        return steps + correction;
    }
}
