namespace NanoFormer.Model;

/// <content>Convolutions and fully connected layers.</content>
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
        ConstantTensor weightTensor = Weights(biases.Length, shape.Kernel * input.Columns, weights);
        ActivationTensor result = NewActivation(shape.OutputRows, biases.Length, output);
        FixedMultiplier[] multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        _operators.Add(new Conv1d
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

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
        ConstantTensor weightTensor = Weights(shape.Kernel, input.Columns, weights);
        ActivationTensor result = NewActivation(shape.OutputRows, input.Columns, output);
        FixedMultiplier[] multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        _operators.Add(new DepthwiseConv1d
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, ColumnSums(weightTensor), biases, multipliers),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    /// <summary>Fully connected layer on every row: int8 <c>[T][K]</c> to <c>[T][N]</c>, N being the number of biases.</summary>
    /// <param name="input"><c>[T][K]</c>.</param>
    /// <param name="weights"><c>[N][K]</c>.</param>
    /// <param name="weightScales"><c>[N]</c>.</param>
    /// <param name="biases"><c>[N]</c>, not folded.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor Linear(Tensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, Quantization output, Activation activation = default)
    {
        ConstantTensor weightTensor = Weights(biases.Length, input.Columns, weights);
        ActivationTensor result = NewActivation(input.Rows, biases.Length, output);
        FixedMultiplier[] multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        _operators.Add(new Linear
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }
}
