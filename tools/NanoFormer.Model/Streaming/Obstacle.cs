namespace NanoFormer.Model;

/// <summary>What keeps an operator of a window program from streaming.</summary>
internal static class Obstacle
{
    /// <summary>The reason, as the rest of a sentence that begins with "it"; null when it streams.</summary>
    public static string? Of(Operator step, TimeStrides strides)
    {
        bool isInTime = strides.IsInTime(step.Input) || (step.SecondInput is { } second && strides.IsInTime(second));
        return step switch
        {
            AttentionPool or ReconstructionError => "looks at a whole window at once",
            Mean mean => StateFits(StateSize.OfMean(mean.Output.Columns, mean.Input.Rows)),
            Convolution conv when !isInTime => conv.Kernel == conv.Stride ? OfConvolution(conv) : BehindPooling,
            Attention or LinearAttention when !isInTime => BehindPooling,
            Convolution conv => OfConvolution(conv),
            Attention attention => OfAttention(attention),
            LinearAttention attention => OfLinearAttention(attention),
            Add { Second: ConstantTensor constant } add when isInTime => OfConstant(constant, strides, add),
            Concat { Axis: ConcatAxis.Rows } when isInTime => "joins rows of different times",
            _ => null,
        };
    }

    /// <summary>The reach of an attention in a stream: it remembers no more tokens than the window has.</summary>
    public static AttentionReach Remembered(Attention attention, int windowTokens) =>
        attention.Reach with { Before = Math.Min(attention.Reach.Before, windowTokens - 1) };

    private static string BehindPooling => "stands behind the pooling, where it would remember earlier answers";

    private static string? OfConvolution(Convolution conv)
    {
        if (conv.Kernel < conv.Stride)
        {
            return "skips samples, its stride being greater than its kernel";
        }

        if (conv.PadLeft != conv.Kernel - conv.Stride)
        {
            return $"pads {conv.PadLeft} samples on the left, not kernel - stride = {conv.Kernel - conv.Stride}";
        }

        return conv.Input.Rows == (long)conv.Output.Rows * conv.Stride
            ? StateFits(StateSize.OfConvolution(conv.Kernel, conv.Stride, conv.Input))
            : $"makes {conv.Output.Rows} rows of {conv.Input.Rows} with a stride of {conv.Stride}";
    }

    private static string? OfAttention(Attention attention)
    {
        AttentionReach reach = Remembered(attention, attention.Input.Rows);
        return reach.After > 0
            ? "looks ahead"
            : StateFits(StateSize.OfAttention(attention.Output.Columns, reach));
    }

    private static string? OfLinearAttention(LinearAttention attention)
    {
        if (!attention.IsCausal)
        {
            return "looks ahead";
        }

        return attention.Decay == 0
            ? "never forgets, so that its sums would grow for ever"
            : StateFits(StateSize.OfLinearAttention(attention.Heads, attention.HeadColumns));
    }

    /// <summary>A constant operand streams if every step finds the same rows in it.</summary>
    private static string? OfConstant(ConstantTensor constant, TimeStrides strides, Add add)
    {
        int period = strides.RowsOf(add.Output, strides.StepSamples) * constant.Columns;
        ReadOnlySpan<sbyte> values = constant.Int8Values;
        for (int i = period; i < values.Length; i++)
        {
            if (values[i] != values[i - period])
            {
                return "adds another constant to each row, such as learned positions";
            }
        }

        return null;
    }

    private static string? StateFits(long count) => StateSize.Fits(count) ? null : $"would have to remember {count} values";
}
