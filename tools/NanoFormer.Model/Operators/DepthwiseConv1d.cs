namespace NanoFormer.Model;

/// <summary>
/// Convolution over time of every channel by itself: int8 <c>[T][C]</c> to int8 <c>[U][C]</c>, weights <c>[kernel][C]</c> (NUMERICS.md,
/// section 3.9).
/// </summary>
public sealed record DepthwiseConv1d() : Convolution(OperatorKind.DepthwiseConv1d)
{
    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal static Operator Read(OperatorRecord record)
    {
        var input = record.Input();
        var output = record.Output();
        var shape = ReadShape(record, input, output);
        record.Require(output.Columns == input.Columns, "writes another number of columns than it reads");
        var read = new DepthwiseConv1d
        {
            Input = input,
            Weights = record.Weights(shape.Kernel, output.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = ReadClamp(record),
            Output = output,
        };
        return WithState(read, record);
    }

    internal override void Compute(ReadOnlySpan<sbyte> input, Span<sbyte> output) => Compute(
        input, Input.ZeroPoint, Weights.Int8Values, new ChannelConstants(ChannelConstants), Stride, PadLeft, Output.ZeroPoint, Clamp,
        output);

    /// <summary>
    /// int8 <c>[T][C]</c>, weights <c>[kernel][C]</c>, to int8 <c>[U][C]</c>; C is the number of channel constants, biases are folded.
    /// Samples outside the input read as its zero point.
    /// </summary>
    public static void Compute(ReadOnlySpan<sbyte> input, int inputZeroPoint, ReadOnlySpan<sbyte> weights, ChannelConstants constants,
        int stride, int padLeft, int zeroPoint, ClampRange clamp, Span<sbyte> output)
    {
        int channels = constants.Count;
        sbyte[] patch = new sbyte[weights.Length];
        for (int row = 0; row < output.Length / channels; row++)
        {
            CopyPatch(input, (row * stride - padLeft) * channels, inputZeroPoint, patch);
            for (int channel = 0; channel < channels; channel++)
            {
                int accumulator = constants.Biases[channel];
                for (int i = channel; i < patch.Length; i += channels)
                {
                    accumulator += patch[i] * weights[i];
                }

                output[row * channels + channel] =
                    FixedPoint.Store(FixedPoint.Requantize(accumulator, constants.Multiplier(channel)), zeroPoint, clamp);
            }
        }
    }
}

/// <content>Convolutions of every channel by itself.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Convolution over time of every channel by itself: int8 <c>[T][C]</c> to <c>[outputRows][C]</c>.</summary>
    /// <param name="input"><c>[T][C]</c>.</param>
    /// <param name="weights"><c>[kernel][C]</c>.</param>
    /// <param name="weightScales"><c>[C]</c>.</param>
    /// <param name="biases"><c>[C]</c>, not folded.</param>
    /// <param name="shape">Kernel, stride, padding and output rows.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor DepthwiseConv1d(Tensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, ConvolutionShape shape, Quantization output, Activation activation = default)
    {
        RequireLength(biases.Length, input.Columns, nameof(biases));
        var weightTensor = Weights(shape.Kernel, input.Columns, weights);
        var multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        return Append(new DepthwiseConv1d
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, ColumnSums(weightTensor), biases, multipliers),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = activation.ToClampRange(output),
            Output = NewActivation(shape.OutputRows, input.Columns, output),
        });
    }
}
