using NanoFormer.Training.Encoder;
using static TorchSharp.torch;
using Quantization = NanoFormer.Model.Quantization;

namespace NanoFormer.Training.Export;

/// <summary>A layer's constants in the integers of the device.</summary>
/// <param name="Weights">int8 <c>[N][...]</c>, symmetric; a convolution's as <c>[N][kernel][C]</c>.</param>
/// <param name="WeightScales">Real step of each output's weights.</param>
/// <param name="Biases">int32 in steps of input scale times weight scale.</param>
internal sealed record IntegerLayer(sbyte[] Weights, double[] WeightScales, int[] Biases)
{
    /// <summary>Rounds a linear layer, weights <c>[N, K]</c>.</summary>
    public static IntegerLayer FromLinear(AffineLayer layer, double inputScale) => From(layer, layer.Weight, inputScale);

    /// <summary>Rounds a convolution, weights <c>[N, C, kernel]</c>.</summary>
    public static IntegerLayer FromConvolution(AffineLayer layer, double inputScale) =>
        From(layer, layer.Weight.transpose(1, 2).contiguous(), inputScale);

    /// <summary>A tensor in int8 steps, row-major.</summary>
    public static sbyte[] RoundAll(Tensor values, Quantization quantization)
    {
        var (scale, zeroPoint) = quantization;
        return [.. Values(values).Select(v => (sbyte)Math.Clamp(Math.Round(v / scale) + zeroPoint, sbyte.MinValue, sbyte.MaxValue))];
    }

    private static IntegerLayer From(AffineLayer layer, Tensor weights, double inputScale)
    {
        var scales = Values(layer.WeightScales()).Select(s => (double)s).ToArray();
        var values = Values(weights);
        var columns = values.Length / scales.Length;
        return new IntegerLayer(
            [.. values.Select((w, i) => (sbyte)Math.Clamp(Math.Round(w / scales[i / columns]), -127, 127))],
            scales,
            [.. Values(layer.Bias).Select((b, i) => (int)Math.Round(b / (inputScale * scales[i])))]);
    }

    private static float[] Values(Tensor tensor)
    {
        using var plain = tensor.detach().contiguous();
        return plain.data<float>().ToArray();
    }
}
