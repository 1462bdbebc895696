namespace NanoFormer.Model;

/// <content>Operators without weights or with one row of them, and those on two tensors.</content>
internal static partial class OperatorReader
{
    private static Quantize ReadQuantize(OperatorRecord record)
    {
        WindowTensor window = record.RawWindow();
        ActivationTensor output = record.Output();
        int first = record.Parameter(0);
        int step = record.Parameter(1);
        record.Require(first >= 0 && (long)first + output.Columns <= window.Columns, "takes channels that do not exist");
        record.Require(step >= 1 && (long)output.Rows * step <= window.Rows, "takes samples that do not exist");
        return new Quantize
        {
            Input = window,
            ChannelConstants = record.ChannelConstants(output.Columns),
            FirstChannel = first,
            Step = step,
            Output = output,
            State = record.NoState(),
        };
    }

    private static Mean ReadMean(OperatorRecord record)
    {
        (Tensor input, ActivationTensor output) = ReadPooled(record);
        int rowCount = record.Parameter(2);
        record.Require(input.Rows <= ImageFormat.MaxMeanRows, "averages too many rows");
        bool isInRange = record.IsStep ? rowCount is >= 1 and <= ImageFormat.MaxMeanRows : rowCount == 0;
        record.Require(isInRange, "has a row count out of range");
        return new Mean
        {
            Input = input,
            Multiplier = record.Multiplier(0),
            RowCount = rowCount,
            Output = output,
            State = record.State(ElementType.Int8, StateSize.OfMean(output.Columns, rowCount)),
        };
    }

    private static Softmax ReadSoftmax(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        record.RequireSameShape(input, output, "writes another shape than its input's");
        record.Require(input.Columns <= ImageFormat.MaxSoftmaxLength, "has rows that are too long");
        record.Require(output.ZeroPoint == sbyte.MinValue, "writes a tensor whose zero point is not -128");
        return new Softmax { Input = input, Exponentials = record.Exponentials(), Output = output, State = record.NoState() };
    }

    private static Lookup ReadLookup(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        record.RequireSameShape(input, output, "writes another shape than its input's");
        return new Lookup { Input = input, Table = record.LookupTable(), Output = output, State = record.NoState() };
    }

    private static LayerNorm ReadLayerNorm(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        record.RequireSameShape(input, output, "writes another shape than its input's");
        bool isInRange = input.Columns is >= ImageFormat.MinNormColumns and <= ImageFormat.MaxNormColumns;
        record.Require(isInRange, "has rows of a length out of range");
        record.Require(record.Parameter(0) != 0, "has no epsilon");
        return new LayerNorm
        {
            Input = input,
            Weights = record.Weights(1, output.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Epsilon = unchecked((uint)record.Parameter(0)),
            Clamp = record.Clamp(1),
            Output = output,
            State = record.NoState(),
        };
    }

    private static Last ReadLast(OperatorRecord record)
    {
        (Tensor input, ActivationTensor output) = ReadPooled(record);
        record.Require(input.ZeroPoint == output.ZeroPoint, "changes the zero point");
        return new Last { Input = input, Output = output, State = record.NoState() };
    }

    private static AttentionPool ReadAttentionPool(OperatorRecord record)
    {
        (Tensor input, ActivationTensor output) = ReadPooled(record);
        record.Require(!record.IsStep, "does not stream");
        record.Require(input.Rows <= ImageFormat.MaxSoftmaxLength, "averages too many rows");
        return new AttentionPool
        {
            Input = input,
            Weights = record.Weights(1, input.Columns),
            ChannelConstants = record.ChannelConstants(1),
            Exponentials = record.Exponentials(),
            ScoreZeroPoint = record.ZeroPoint(0),
            ContextMultiplier = record.Multiplier(1),
            Output = output,
            State = record.NoState(),
        };
    }

    private static (Tensor Input, ActivationTensor Output) ReadPooled(OperatorRecord record)
    {
        Tensor input = record.Input();
        ActivationTensor output = record.Output();
        record.Require(output.Rows == 1 && output.Columns == input.Columns, "writes another shape than one row of its input");
        return (input, output);
    }

    private static Add ReadAdd(OperatorRecord record)
    {
        Tensor first = record.Input();
        Tensor second = record.Addend();
        ActivationTensor output = record.Output();
        record.RequireSameShape(first, second, "adds two shapes");
        record.RequireSameShape(first, output, "writes another shape than its input's");
        return new Add
        {
            Input = first,
            Second = second,
            FirstMultiplier = record.Multiplier(0),
            SecondMultiplier = record.Multiplier(2),
            OutputMultiplier = record.Multiplier(4),
            Clamp = record.Clamp(6),
            Output = output,
            State = record.NoState(),
        };
    }

    private static Concat ReadConcat(OperatorRecord record)
    {
        Tensor first = record.Input();
        ActivationTensor second = record.SecondInput();
        ActivationTensor output = record.Output();
        int axis = record.Parameter(0);
        record.Require(axis is 0 or 1, "joins along an unknown axis");
        bool byRows = axis == 0;
        record.Require((byRows ? first.Columns : first.Rows) == (byRows ? second.Columns : second.Rows), "joins two shapes");
        int rows = byRows ? first.Rows + second.Rows : first.Rows;
        int columns = byRows ? first.Columns : first.Columns + second.Columns;
        record.Require(output.Rows == rows && output.Columns == columns, "writes another shape than its inputs make");
        return new Concat
        {
            Input = first,
            Second = second,
            FirstMultiplier = record.Multiplier(1),
            SecondMultiplier = record.Multiplier(3),
            Axis = (ConcatAxis)axis,
            Output = output,
            State = record.NoState(),
        };
    }

    private static ReconstructionError ReadError(OperatorRecord record)
    {
        Tensor first = record.Input();
        ActivationTensor second = record.SecondInput();
        ActivationTensor output = record.Output();
        int lag = record.Parameter(1);
        FixedMultiplier firstMultiplier = record.Multiplier(2);
        FixedMultiplier secondMultiplier = record.Multiplier(4);
        record.Require(!record.IsStep, "does not stream");
        record.Require(record.Parameter(0) is 1 or 2, "has an unknown norm");
        record.RequireSameShape(first, second, "compares two shapes");
        record.Require(output.Rows == 1 && (output.Columns == 1 || output.Columns == first.Columns), "writes another shape than one row");
        record.Require(first.Rows <= ImageFormat.MaxErrorRows, "compares too many rows");
        record.Require(lag >= 0 && lag < first.Rows, "has a lag out of range");
        record.Require(firstMultiplier.Shift <= 1 && secondMultiplier.Shift <= 1, "has an input multiplier above 1");
        record.Require(record.Parameter(6) is >= 0 and <= ImageFormat.MaxErrorBits, "shifts by too many bits");
        return new ReconstructionError
        {
            Input = first,
            Second = second,
            FirstMultiplier = firstMultiplier,
            SecondMultiplier = secondMultiplier,
            Norm = (ErrorNorm)record.Parameter(0),
            Lag = lag,
            Bits = record.Parameter(6),
            OutputMultiplier = record.Multiplier(7),
            Output = output,
            State = record.NoState(),
        };
    }
}
