namespace NanoFormer.Model;

/// <summary>Writes operator records.</summary>
internal static class OperatorEncoder
{
    public static void Write(Span<byte> section, IReadOnlyList<Tensor> tensors, GraphProgram program, ArenaPlan plan)
    {
        for (int i = 0; i < program.Operators.Count; i++)
        {
            Operator step = program.Operators[i];
            var record = new ImageRecord(section.Slice(i * ImageFormat.OperatorBytes, ImageFormat.OperatorBytes));
            record.UInt8(ImageField.Operator.Kind, (int)step.Kind);
            WriteOperands(record, step, tensors);
            record.Int32(ImageField.Operator.ScratchOffset, plan.Scratch[i].Offset);
            record.Int32(ImageField.Operator.ScratchBytes, plan.Scratch[i].Bytes);
            int[] parameters = ParametersOf(step);
            for (int p = 0; p < parameters.Length; p++)
            {
                record.Int32(ImageField.Operator.Parameters + 4 * p, parameters[p]);
            }
        }

        foreach (OperatorGroup group in plan.Groups)
        {
            var record = new ImageRecord(section.Slice(group.First * ImageFormat.OperatorBytes, ImageFormat.OperatorBytes));
            record.UInt8(ImageField.Operator.Group, group.Count);
            record.UInt16(ImageField.Operator.TileRows, group.TileRows);
        }
    }

    private static void WriteOperands(ImageRecord record, Operator step, IReadOnlyList<Tensor> tensors)
    {
        (Tensor? weights, Tensor? constants, Tensor? table) = OperandsOf(step);
        record.UInt16(ImageField.Operator.Input, ImageWriter.IndexOf(tensors, step.Input));
        record.UInt16(ImageField.Operator.SecondInput, ImageWriter.IndexOf(tensors, step.SecondInput));
        record.UInt16(ImageField.Operator.Output, ImageWriter.IndexOf(tensors, step.Output));
        record.UInt16(ImageField.Operator.Weights, ImageWriter.IndexOf(tensors, weights));
        record.UInt16(ImageField.Operator.ChannelConstants, ImageWriter.IndexOf(tensors, constants));
        record.UInt16(ImageField.Operator.Table, ImageWriter.IndexOf(tensors, table));
        record.UInt16(ImageField.Operator.State, ImageWriter.IndexOf(tensors, step.State));
    }

    private static (Tensor? Weights, Tensor? Constants, Tensor? Table) OperandsOf(Operator step) => step switch
    {
        Quantize quantize => (null, quantize.ChannelConstants, null),
        Convolution conv => (conv.Weights, conv.ChannelConstants, null),
        Linear linear => (linear.Weights, linear.ChannelConstants, null),
        Attention attention => (attention.Weights, attention.ChannelConstants, attention.Exponentials),
        Softmax softmax => (null, null, softmax.Exponentials),
        Lookup lookup => (null, null, lookup.Table),
        LayerNorm norm => (norm.Weights, norm.ChannelConstants, null),
        LinearAttention attention => (attention.Weights, attention.ChannelConstants, null),
        AttentionPool pool => (pool.Weights, pool.ChannelConstants, pool.Exponentials),
        _ => (null, null, null),
    };

    private static int[] ParametersOf(Operator step) => step switch
    {
        Quantize quantize => [quantize.FirstChannel, quantize.Step],
        Convolution conv => [conv.Kernel, conv.Stride, conv.PadLeft, conv.Clamp.Low, conv.Clamp.High],
        Linear linear => [linear.Clamp.Low, linear.Clamp.High],
        Attention attention =>
        [
            attention.Heads, attention.HeadColumns,
            attention.QueryZeroPoint, attention.KeyZeroPoint, attention.ValueZeroPoint,
            attention.ScoreMultiplier.Mantissa, attention.ScoreMultiplier.Shift, attention.ScoreZeroPoint,
            attention.ContextMultiplier.Mantissa, attention.ContextMultiplier.Shift,
            attention.Reach.Before, attention.Reach.After,
        ],
        Add add =>
        [
            .. InputMultipliersOf(add), add.OutputMultiplier.Mantissa, add.OutputMultiplier.Shift, add.Clamp.Low, add.Clamp.High,
        ],
        Mean mean => [mean.Multiplier.Mantissa, mean.Multiplier.Shift, mean.RowCount],
        LayerNorm norm => [unchecked((int)norm.Epsilon), norm.Clamp.Low, norm.Clamp.High],
        LinearAttention attention =>
        [
            attention.Heads, attention.HeadColumns,
            attention.QueryZeroPoint, attention.KeyZeroPoint, attention.ValueZeroPoint,
            attention.Multiplier.Mantissa, attention.Multiplier.Shift, attention.IsCausal ? 1 : 0, attention.Decay,
        ],
        AttentionPool pool => [pool.ScoreZeroPoint, pool.ContextMultiplier.Mantissa, pool.ContextMultiplier.Shift],
        Concat concat => [(int)concat.Axis, .. InputMultipliersOf(concat)],
        ReconstructionError error =>
        [
            (int)error.Norm, error.Lag, .. InputMultipliersOf(error),
            error.Bits, error.OutputMultiplier.Mantissa, error.OutputMultiplier.Shift,
        ],
        _ => [],
    };

    private static int[] InputMultipliersOf(BinaryOperator step) =>
    [
        step.FirstMultiplier.Mantissa, step.FirstMultiplier.Shift,
        step.SecondMultiplier.Mantissa, step.SecondMultiplier.Shift,
    ];
}
