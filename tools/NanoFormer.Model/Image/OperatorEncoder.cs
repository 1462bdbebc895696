namespace NanoFormer.Model;

/// <summary>Writes operator records.</summary>
internal static class OperatorEncoder
{
    public static void Write(Span<byte> section, Graph graph, ArenaPlan plan)
    {
        for (int i = 0; i < graph.Operators.Count; i++)
        {
            Operator step = graph.Operators[i];
            var record = new ImageRecord(section.Slice(i * ImageFormat.OperatorBytes, ImageFormat.OperatorBytes));
            record.UInt8(ImageField.Operator.Kind, (int)step.Kind);
            WriteOperands(record, step, graph.Tensors);
            record.Int32(ImageField.Operator.ScratchOffset, plan.Scratch[i].Offset);
            record.Int32(ImageField.Operator.ScratchBytes, plan.Scratch[i].Bytes);
            int[] parameters = ParametersOf(step);
            for (int p = 0; p < parameters.Length; p++)
            {
                record.Int32(ImageField.Operator.Parameters + 4 * p, parameters[p]);
            }
        }
    }

    private static void WriteOperands(ImageRecord record, Operator step, IReadOnlyList<Tensor> tensors)
    {
        (Tensor input, Tensor? second, Tensor? weights, Tensor? constants, Tensor? exponentials) = OperandsOf(step);
        record.UInt16(ImageField.Operator.Input, ImageWriter.IndexOf(tensors, input));
        record.UInt16(ImageField.Operator.SecondInput, IndexOf(tensors, second));
        record.UInt16(ImageField.Operator.Output, ImageWriter.IndexOf(tensors, step.Output));
        record.UInt16(ImageField.Operator.Weights, IndexOf(tensors, weights));
        record.UInt16(ImageField.Operator.ChannelConstants, IndexOf(tensors, constants));
        record.UInt16(ImageField.Operator.Exponentials, IndexOf(tensors, exponentials));
    }

    private static int IndexOf(IReadOnlyList<Tensor> tensors, Tensor? tensor) =>
        tensor is null ? ImageFormat.NoTensor : ImageWriter.IndexOf(tensors, tensor);

    private static (Tensor Input, Tensor? Second, Tensor? Weights, Tensor? Constants, Tensor? Exponentials) OperandsOf(Operator step) =>
        step switch
        {
            Quantize quantize => (quantize.Window, null, null, quantize.ChannelConstants, null),
            Convolution conv => (conv.Input, null, conv.Weights, conv.ChannelConstants, null),
            Linear linear => (linear.Input, null, linear.Weights, linear.ChannelConstants, null),
            Attention attention => (attention.Input, null, attention.Weights, attention.ChannelConstants, attention.Exponentials),
            Add add => (add.First, add.Second, null, null, null),
            Mean mean => (mean.Input, null, null, null, null),
            Softmax softmax => (softmax.Input, null, null, null, softmax.Exponentials),
            _ => throw new NotSupportedException($"{step.Kind} has no record."),
        };

    private static int[] ParametersOf(Operator step) => step switch
    {
        Convolution conv => [conv.Kernel, conv.Stride, conv.PadLeft, conv.Clamp.Low, conv.Clamp.High],
        Linear linear => [linear.Clamp.Low, linear.Clamp.High],
        Attention attention =>
        [
            attention.Heads, attention.HeadColumns,
            attention.QueryZeroPoint, attention.KeyZeroPoint, attention.ValueZeroPoint,
            attention.ScoreMultiplier.Mantissa, attention.ScoreMultiplier.Shift, attention.ScoreZeroPoint,
            attention.ContextMultiplier.Mantissa, attention.ContextMultiplier.Shift,
        ],
        Add add =>
        [
            add.FirstMultiplier.Mantissa, add.FirstMultiplier.Shift,
            add.SecondMultiplier.Mantissa, add.SecondMultiplier.Shift,
            add.OutputMultiplier.Mantissa, add.OutputMultiplier.Shift,
            add.Clamp.Low, add.Clamp.High,
        ],
        Mean mean => [mean.Multiplier.Mantissa, mean.Multiplier.Shift],
        _ => [],
    };
}
