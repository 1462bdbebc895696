namespace NanoFormer.Model;

/// <content>Operators with weights.</content>
internal static partial class OperatorReader
{
    private static Conv1d ReadConv1d(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        ConvolutionShape shape = ReadConvolutionShape(record, input.Rows, output.Rows);
        return new Conv1d
        {
            Input = input,
            Weights = record.Weights(output.Columns, (long)shape.Kernel * input.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = record.Clamp(3),
            Output = output,
            State = ReadConvolutionState(record, input, shape),
        };
    }

    private static DepthwiseConv1d ReadDepthwiseConv1d(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        ConvolutionShape shape = ReadConvolutionShape(record, input.Rows, output.Rows);
        record.Require(output.Columns == input.Columns, "writes another number of columns than it reads");
        return new DepthwiseConv1d
        {
            Input = input,
            Weights = record.Weights(shape.Kernel, output.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = record.Clamp(3),
            Output = output,
            State = ReadConvolutionState(record, input, shape),
        };
    }

    private static Linear ReadLinear(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        record.RequireSameRows(input, output, "writes another number of rows than it reads");
        return new Linear
        {
            Input = input,
            Weights = record.Weights(output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Clamp = record.Clamp(0),
            Output = output,
            State = record.NoState(),
        };
    }

    private static Attention ReadAttention(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        (int heads, int headColumns) = ReadHeads(record, input, output, ImageFormat.MaxSoftmaxLength);
        var reach = new AttentionReach(record.Parameter(10), record.Parameter(11));
        record.Require(reach.Before is >= 0 and <= AttentionReach.Farthest, "looks back too far");
        record.Require(reach.After is >= 0 and <= AttentionReach.Farthest, "looks ahead too far");
        record.Require(!record.IsStep || StateSize.CanRemember(reach), "looks ahead or too far back for a stream");
        return new Attention
        {
            Input = input,
            Weights = record.Weights(3L * output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(3L * output.Columns),
            Exponentials = record.Exponentials(),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = record.ZeroPoint(2),
            KeyZeroPoint = record.ZeroPoint(3),
            ValueZeroPoint = record.ZeroPoint(4),
            ScoreMultiplier = record.Multiplier(5),
            ScoreZeroPoint = record.ZeroPoint(7),
            ContextMultiplier = record.Multiplier(8),
            Reach = reach,
            Output = output,
            State = record.State(ElementType.Int8, StateSize.OfAttention(output.Columns, reach)),
        };
    }

    private static LinearAttention ReadLinearAttention(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        (int heads, int headColumns) = ReadHeads(record, input, output, ImageFormat.MaxLinearAttentionRows);
        record.Require(headColumns <= ImageFormat.MaxLinearAttentionColumns, "has heads that are too wide");
        int causal = record.Parameter(7);
        int decay = record.Parameter(8);
        record.Require(causal is 0 or 1, "is neither causal nor not");
        record.Require(decay >= 0 && decay <= (causal == 1 ? ImageFormat.MaxDecay : 0), "has a decay out of range");
        record.Require(!record.IsStep || decay >= 1, "does not forget, as a stream must");
        return new LinearAttention
        {
            Input = input,
            Weights = record.Weights(3L * output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(3L * output.Columns),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = record.ZeroPoint(2),
            KeyZeroPoint = record.ZeroPoint(3),
            ValueZeroPoint = record.ZeroPoint(4),
            Multiplier = record.Multiplier(5),
            IsCausal = causal == 1,
            Decay = decay,
            Output = output,
            State = record.State(ElementType.Int32, StateSize.OfLinearAttention(heads, headColumns)),
        };
    }

    private static (int Heads, int HeadColumns) ReadHeads(OperatorRecord record, Tensor input, ActivationTensor output, int maxRows)
    {
        int heads = record.Parameter(0);
        int headColumns = record.Parameter(1);
        record.Require(heads >= 1 && headColumns >= 1, "has no heads");
        record.Require((long)heads * headColumns == output.Columns, "writes another number of columns than its heads have");
        record.Require(output.Rows == input.Rows && input.Rows <= maxRows, "has rows that do not fit");
        return (heads, headColumns);
    }

    /// <summary>Kernel, stride and padding, the first parameters of every convolution.</summary>
    private static ConvolutionShape ReadConvolutionShape(OperatorRecord record, int inputRows, int outputRows)
    {
        int kernel = record.Parameter(0);
        int stride = record.Parameter(1);
        int padLeft = record.Parameter(2);
        record.Require(kernel is >= 1 and <= ImageFormat.MaxConvolutionParameter, "has a kernel out of range");
        record.Require(stride is >= 1 and <= ImageFormat.MaxConvolutionParameter, "has a stride out of range");
        record.Require(padLeft >= 0 && padLeft < kernel, "pads more than its kernel allows");
        record.Require((outputRows - 1L) * stride - padLeft < inputRows, "has a last row that reads padding only");
        if (record.IsStep)
        {
            record.Require(kernel >= stride, "skips samples, which does not stream");
            record.Require(padLeft == 0, "pads in a stream");
            record.Require(inputRows == (long)outputRows * stride, "takes in other rows than its results need");
        }

        return new ConvolutionShape(kernel, stride, padLeft, outputRows);
    }

    private static StateTensor? ReadConvolutionState(OperatorRecord record, Tensor input, ConvolutionShape shape) =>
        shape.Kernel > shape.Stride
            ? record.State(ElementType.Int8, StateSize.OfConvolution(shape.Kernel, shape.Stride, input), input.ZeroPoint)
            : record.NoState();
}
