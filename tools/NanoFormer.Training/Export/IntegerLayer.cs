namespace NanoFormer.Training.Export;

/// <summary>A layer's constants in the integers of the device.</summary>
/// <param name="Weights">int8, symmetric: linear <c>[N][K]</c>, convolution <c>[N][kernel][C]</c>, depthwise <c>[kernel][C]</c>.</param>
/// <param name="WeightScales">Real step of each output's weights.</param>
/// <param name="Biases">int32 in steps of input scale times weight scale.</param>
internal sealed record IntegerLayer(sbyte[] Weights, double[] WeightScales, int[] Biases)
{
    private const int WeightLimit = 127;

    /// <summary>Rounds a linear layer, weights <c>[N, K]</c>.</summary>
    public static IntegerLayer FromLinear(AffineLayer layer, double inputScale) => From(layer, layer.Weight, inputScale);

    /// <summary>Rounds a convolution, weights <c>[N, C, kernel]</c>.</summary>
    public static IntegerLayer FromConvolution(AffineLayer layer, double inputScale) =>
        From(layer, layer.Weight.transpose(1, 2), inputScale);

    /// <summary>Rounds a depthwise convolution, weights <c>[C, 1, kernel]</c>.</summary>
    public static IntegerLayer FromDepthwise(AffineLayer layer, double inputScale)
    {
        var byChannel = From(layer, layer.Weight, inputScale);
        var (channels, kernel) = (byChannel.Biases.Length, byChannel.Weights.Length / byChannel.Biases.Length);
        sbyte[] byTime = [.. Enumerable.Range(0, kernel * channels).Select(i => byChannel.Weights[i % channels * kernel + i / channels])];
        return byChannel with { Weights = byTime };
    }

    /// <summary>A tensor in int8 steps, row-major.</summary>
    public static sbyte[] RoundAll(Tensor values, Quantization quantization)
    {
        var (scale, zeroPoint) = quantization;
        return [.. Reals(values).Select(v => (sbyte)Math.Clamp(Away(v / scale) + zeroPoint, sbyte.MinValue, sbyte.MaxValue))];
    }

    /// <summary>Biases in int32 steps of the given sizes.</summary>
    public static int[] RoundBiases(Tensor biases, double[] steps) => [.. Reals(biases).Select((bias, i) => (int)Away(bias / steps[i]))];

    /// <summary>The values of a tensor, row-major.</summary>
    public static double[] Reals(Tensor tensor)
    {
        using var plain = tensor.detach().contiguous();
        return [.. plain.data<float>().Select(value => (double)value)];
    }

    private static IntegerLayer From(AffineLayer layer, Tensor weights, double inputScale)
    {
        double[] scales = Reals(layer.WeightScales());
        double[] values = Reals(weights);
        int columns = values.Length / scales.Length;
        return new IntegerLayer(
            [.. values.Select((w, i) => (sbyte)Math.Clamp(Away(w / scales[i / columns]), -WeightLimit, WeightLimit))],
            scales,
            RoundBiases(layer.Bias, [.. scales.Select(scale => inputScale * scale)]));
    }

    private static double Away(double value) => Math.Round(value, MidpointRounding.AwayFromZero);
}
