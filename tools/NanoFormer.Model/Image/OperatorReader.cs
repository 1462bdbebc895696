namespace NanoFormer.Model;

/// <summary>Reads and validates the operator records with their constants. Header and tensors were validated before.</summary>
internal static class OperatorReader
{
    /// <exception cref="ModelImageException">BAD_OPERATOR, UNSUPPORTED_OPERATOR or BAD_TABLE.</exception>
    public static OperatorTable Read(ReadOnlySpan<byte> image, ImageHeader header, TensorTable tensors)
    {
        var operators = new Operator[header.OperatorCount];
        var scratch = new ArenaRegion[header.OperatorCount];
        for (int i = 0; i < operators.Length; i++)
        {
            ReadOnlySpan<byte> bytes = image.Slice(header.OperatorsOffset + i * ImageFormat.OperatorBytes, ImageFormat.OperatorBytes);
            var record = new OperatorRecord(bytes, i, tensors);
            record.RequireUnusedFieldsEmpty();
            operators[i] = ReadOperator(record);
            scratch[i] = record.Scratch(operators[i].ScratchBytes, header.ArenaBytes);
            ConstantValidator.Validate(operators[i], i);
        }

        return new OperatorTable(operators, scratch);
    }

    private static Operator ReadOperator(OperatorRecord record) => record.Kind switch
    {
        OperatorKind.Quantize => ReadQuantize(record),
        OperatorKind.Conv1d => ReadConv1d(record),
        OperatorKind.Linear => ReadLinear(record),
        OperatorKind.Attention => ReadAttention(record),
        OperatorKind.Add => ReadAdd(record),
        OperatorKind.Mean => ReadMean(record),
        OperatorKind.Softmax => ReadSoftmax(record),
        _ => ReadDepthwiseConv1d(record),
    };

    private static Quantize ReadQuantize(OperatorRecord record)
    {
        WindowTensor window = record.Window();
        ActivationTensor output = record.Output();
        record.Require(output.Rows == window.Rows && output.Columns == window.Columns, "writes another shape than its input's");
        return new Quantize { Window = window, ChannelConstants = record.ChannelConstants(output.Columns), Output = output };
    }

    private static Conv1d ReadConv1d(OperatorRecord record)
    {
        ActivationTensor input = record.Input();
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
        };
    }

    private static Linear ReadLinear(OperatorRecord record)
    {
        ActivationTensor input = record.Input();
        ActivationTensor output = record.Output();
        record.Require(output.Rows == input.Rows, "writes another number of rows than it reads");
        return new Linear
        {
            Input = input,
            Weights = record.Weights(output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Clamp = record.Clamp(0),
            Output = output,
        };
    }

    private static Attention ReadAttention(OperatorRecord record)
    {
        ActivationTensor input = record.Input();
        ActivationTensor output = record.Output();
        int heads = record.Parameter(0);
        int headColumns = record.Parameter(1);
        record.Require(heads >= 1 && headColumns >= 1, "has no heads");
        record.Require((long)heads * headColumns == output.Columns, "writes another number of columns than its heads have");
        record.Require(output.Rows == input.Rows && input.Rows <= ImageFormat.MaxSoftmaxLength, "has rows that do not fit");
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
            Output = output,
        };
    }

    private static Add ReadAdd(OperatorRecord record)
    {
        ActivationTensor first = record.Input();
        Tensor second = record.SecondInput();
        ActivationTensor output = record.Output();
        record.Require(first.Rows == second.Rows && first.Columns == second.Columns, "adds two shapes");
        record.Require(first.Rows == output.Rows && first.Columns == output.Columns, "writes another shape than its input's");
        return new Add
        {
            First = first,
            Second = second,
            FirstMultiplier = record.Multiplier(0),
            SecondMultiplier = record.Multiplier(2),
            OutputMultiplier = record.Multiplier(4),
            Clamp = record.Clamp(6),
            Output = output,
        };
    }

    private static Mean ReadMean(OperatorRecord record)
    {
        ActivationTensor input = record.Input();
        ActivationTensor output = record.Output();
        record.Require(output.Rows == 1 && output.Columns == input.Columns, "writes another shape than one row of its input");
        record.Require(input.Rows <= ImageFormat.MaxMeanRows, "averages too many rows");
        return new Mean { Input = input, Multiplier = record.Multiplier(0), Output = output };
    }

    private static Softmax ReadSoftmax(OperatorRecord record)
    {
        ActivationTensor input = record.Input();
        ActivationTensor output = record.Output();
        record.Require(output.Rows == input.Rows && output.Columns == input.Columns, "writes another shape than its input's");
        record.Require(input.Columns <= ImageFormat.MaxSoftmaxLength, "has rows that are too long");
        record.Require(output.ZeroPoint == sbyte.MinValue, "writes a tensor whose zero point is not -128");
        return new Softmax { Input = input, Exponentials = record.Exponentials(), Output = output };
    }

    private static DepthwiseConv1d ReadDepthwiseConv1d(OperatorRecord record)
    {
        ActivationTensor input = record.Input();
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
        };
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
        return new ConvolutionShape(kernel, stride, padLeft, outputRows);
    }
}
