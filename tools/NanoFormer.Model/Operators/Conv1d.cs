namespace NanoFormer.Model;

/// <summary>
/// Convolution over time: int8 <c>[T][C]</c> to int8 <c>[U][N]</c>, weights <c>[N][kernel * C]</c>, a row being <c>[kernel][C]</c>
/// (NUMERICS.md, section 3.3).
/// </summary>
public sealed record Conv1d() : Convolution(OperatorKind.Conv1d)
{
    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal static Operator Read(OperatorRecord record)
    {
        var input = record.Input();
        var output = record.Output();
        var shape = ReadShape(record, input, output);
        var read = new Conv1d
        {
            Input = input,
            Weights = record.Weights(output.Columns, (long)shape.Kernel * input.Columns),
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
        input, Input.Columns, Input.ZeroPoint, Weights.Int8Values, new ChannelConstants(ChannelConstants), Stride, PadLeft,
        Output.ZeroPoint, Clamp, output);

    /// <summary>
    /// int8 <c>[T][C]</c>, weights <c>[N][kernel][C]</c>, to int8 <c>[U][N]</c>; biases are folded. Samples outside the input read as its
    /// zero point.
    /// </summary>
    public static void Compute(ReadOnlySpan<sbyte> input, int channels, int inputZeroPoint, ReadOnlySpan<sbyte> weights,
        ChannelConstants constants, int stride, int padLeft, int zeroPoint, ClampRange clamp, Span<sbyte> output)
    {
        int outputs = constants.Count;
        sbyte[] patch = new sbyte[weights.Length / outputs];
        for (int row = 0; row < output.Length / outputs; row++)
        {
            CopyPatch(input, (row * stride - padLeft) * channels, inputZeroPoint, patch);
            Linear.Compute(patch, weights, constants, zeroPoint, clamp, output.Slice(row * outputs, outputs));
        }
    }

    internal override int WishedScratch(int rows, int mostRows) => ScratchWish.Product(Kernel * Input.Columns, rows, mostRows);
}

/// <content>Convolutions over all channels.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Convolution over time: int8 <c>[T][C]</c> to <c>[outputRows][N]</c>, N being the number of biases.</summary>
    /// <param name="input"><c>[T][C]</c>.</param>
    /// <param name="weights"><c>[N][kernel][C]</c>.</param>
    /// <param name="weightScales"><c>[N]</c>.</param>
    /// <param name="biases"><c>[N]</c>, not folded.</param>
    /// <param name="shape">Kernel, stride, padding and output rows.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor Conv1d(Tensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, ConvolutionShape shape, Quantization output, Activation activation = default)
    {
        var weightTensor = Weights(biases.Length, shape.Kernel * input.Columns, weights);
        var multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        return Append(new Conv1d
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = activation.ToClampRange(output),
            Output = NewActivation(shape.OutputRows, biases.Length, output),
        });
    }
}
