using NanoFormer.Model;

namespace NanoFormer.Interchange.Tflite;

/// <content>Convolutions and linear layers.</content>
public sealed partial class TfliteExporter
{
    private int Linear(Linear linear)
    {
        var output = OutputOf(linear);
        int input = _indices[linear.Input];
        float[] scales = Found(ScaleSearch.Weights(_network.ScaleOf(input), Multipliers(linear.ChannelConstants), output.Scale), linear);
        return LimitTo(linear.Clamp, output, activation =>
            OnRows(linear, input, linear.Weights.Int8Values, linear.ChannelConstants, 0, scales, output, activation));
    }

    private int Convolve(Convolution step)
    {
        var output = OutputOf(step);
        float inputScale = _network.ScaleOf(_indices[step.Input]);
        float[] scales = Found(ScaleSearch.Weights(inputScale, Multipliers(step.ChannelConstants), output.Scale), step);
        int channels = scales.Length;
        bool isDepthwise = step is DepthwiseConv1d;
        int[] sums = isDepthwise ? ColumnSums(step.Weights) : RowSums(step.Weights.Int8Values, channels);
        int weights = isDepthwise
            ? _network.Constant("weights", [1, 1, step.Kernel, channels], step.Weights.Int8Values, new TfliteQuantization(scales, 0, 3))
            : _network.Constant("weights", [channels, 1, step.Kernel, step.Input.Columns], step.Weights.Int8Values,
                new TfliteQuantization(scales, 0));
        int bias = Bias(step.Input, inputScale, new ChannelConstants(step.ChannelConstants).Biases, sums, scales);

        (int input, bool isPadded, int rows) = Pad(step);
        int result = LimitTo(step.Clamp, output, activation => _network.Run(
            isDepthwise ? TfliteKind.DepthwiseConv2d : TfliteKind.Conv2d,
            [input, weights, bias],
            isDepthwise
                ? new DepthwiseOptions(isPadded, step.Stride, activation)
                : new ConvolutionOptions(isPadded, step.Stride, activation),
            [1, 1, rows, channels],
            output));
        return rows == step.Output.Rows ? result : _network.Rows(result, 0, step.Output.Rows);
    }

    /// <summary>The input with the padding that the operator itself does not make, and how many rows come out.</summary>
    private (int Input, bool IsPadded, int Rows) Pad(Convolution step)
    {
        (int input, int rows, int outputRows) = (_indices[step.Input], step.Input.Rows, step.Output.Rows);
        int needed = (outputRows - 1) * step.Stride + step.Kernel;
        if (outputRows == (rows + step.Stride - 1) / step.Stride && step.PadLeft == Math.Max(needed - rows, 0) / 2)
        {
            return (input, true, outputRows);
        }

        int after = Math.Max(needed - step.PadLeft - rows, 0);
        int padded = step.PadLeft + after == 0 ? input : _network.PadRows(input, step.PadLeft, after);
        return (padded, false, (step.PadLeft + rows + after - step.Kernel) / step.Stride + 1);
    }

    /// <summary>A linear layer on every row: weights <c>[N][K]</c>, of whose channel constants those from one on are taken.</summary>
    private int OnRows(Operator step, int input, ReadOnlySpan<sbyte> weights, ConstantTensor constants, int first, float[] scales,
        TfliteQuantization output, TfliteActivation activation = TfliteActivation.None)
    {
        int outputs = scales.Length;
        int[] sums = RowSums(weights, outputs);
        int filter = _network.Constant("weights", [outputs, 1, 1, step.Input.Columns], weights, new TfliteQuantization(scales, 0));
        var folded = new ChannelConstants(constants).Biases.Slice(first, outputs);
        int bias = Bias(step.Input, _network.ScaleOf(input), folded, sums, scales);
        return _network.Run(TfliteKind.Conv2d, [input, filter, bias], new ConvolutionOptions(IsPadded: false, 1, activation),
            [1, 1, step.Input.Rows, outputs], output);
    }

    /// <summary>Biases as they were before zero points were folded into them.</summary>
    private int Bias(Tensor input, float inputScale, ReadOnlySpan<int> folded, int[] weightSums, float[] weightScales)
    {
        int[] biases = new int[weightSums.Length];
        float[] scales = new float[weightSums.Length];
        for (int i = 0; i < biases.Length; i++)
        {
            biases[i] = folded[i] + input.ZeroPoint * weightSums[i];
            scales[i] = inputScale * weightScales[i];
        }

        return _network.Constant("bias", [biases.Length], biases, new TfliteQuantization(scales, 0));
    }

    /// <summary>An operator with the fused non-linearity that cuts to a range or, where none does, with a comparison behind it.</summary>
    private int LimitTo(ClampRange clamp, TfliteQuantization output, Func<TfliteActivation, int> run) =>
        TfliteArithmetic.Activation(clamp, output.Scale, output.ZeroPoint) is { } activation
            ? run(activation)
            : _network.Limit(run(TfliteActivation.None), clamp);

    private static FixedMultiplier[] Multipliers(ConstantTensor tensor)
    {
        var constants = new ChannelConstants(tensor);
        var multipliers = new FixedMultiplier[constants.Count];
        for (int i = 0; i < multipliers.Length; i++)
        {
            multipliers[i] = constants.Multiplier(i);
        }

        return multipliers;
    }

    private static int[] RowSums(ReadOnlySpan<sbyte> weights, int rows)
    {
        int[] sums = new int[rows];
        for (int i = 0; i < weights.Length; i++)
        {
            sums[i / (weights.Length / rows)] += weights[i];
        }

        return sums;
    }

    private static int[] ColumnSums(ConstantTensor weights)
    {
        int[] sums = new int[weights.Columns];
        for (int i = 0; i < weights.Count; i++)
        {
            sums[i % weights.Columns] += weights.Int8Values[i];
        }

        return sums;
    }
}
