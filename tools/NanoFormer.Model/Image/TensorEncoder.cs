namespace NanoFormer.Model;

/// <summary>Writes tensor records and the data of constants.</summary>
internal static class TensorEncoder
{
    public static void Write(byte[] image, Graph graph, ArenaPlan plan, ArenaPlan? stepPlan, ImageLayout layout)
    {
        var tiling = new Tiling(graph.Program, plan.Groups);
        var stepTiling = graph.Step is null || stepPlan is null ? null : new Tiling(graph.Step, stepPlan.Groups);
        for (int i = 0; i < graph.Tensors.Count; i++)
        {
            var tensor = graph.Tensors[i];
            int rows = tensor is ActivationTensor activation ? RowsOf(activation, tiling, stepTiling) : tensor.Rows;
            var record = new ImageRecord(image.AsSpan(layout.Tensors + i * ImageFormat.TensorBytes, ImageFormat.TensorBytes));
            record.Int32(ImageField.Tensor.Offset, OffsetOf(tensor, plan, stepPlan, layout));
            record.Int32(ImageField.Tensor.Bytes, rows * tensor.Columns * (int)tensor.ElementType);
            record.UInt16(ImageField.Tensor.Rows, rows);
            record.UInt16(ImageField.Tensor.Columns, tensor.Columns);
            record.UInt8(ImageField.Tensor.ElementBytes, (int)tensor.ElementType);
            record.UInt8(ImageField.Tensor.Place, (int)tensor.Place);
            record.Int16(ImageField.Tensor.ZeroPoint, tensor.ZeroPoint);
            record.Int32(ImageField.Tensor.ScaleMantissa, tensor.Scale.Mantissa);
            record.Int32(ImageField.Tensor.ScaleShift, tensor.Scale.Shift);
            if (tensor is ConstantTensor constant)
            {
                constant.Data.CopyTo(image.AsSpan(layout.Constants[constant]));
            }
        }
    }

    private static int RowsOf(ActivationTensor tensor, Tiling tiling, Tiling? stepTiling) =>
        stepTiling is not null && stepTiling.IsTile(tensor) ? stepTiling.RowsOf(tensor) : tiling.RowsOf(tensor);

    private static int OffsetOf(Tensor tensor, ArenaPlan plan, ArenaPlan? stepPlan, ImageLayout layout) => tensor switch
    {
        ActivationTensor activation => (plan.Tensors.TryGetValue(activation, out var region)
            ? region
            : PlanOf(stepPlan).Tensors.GetValueOrDefault(activation)).Offset,
        StateTensor state => PlanOf(stepPlan).States.GetValueOrDefault(state).Offset,
        ConstantTensor constant => layout.Constants[constant],
        WindowTensor => 0,
        _ => throw new ArgumentException($"It is not known where a {tensor.GetType().Name} lies.", nameof(tensor)),
    };

    private static ArenaPlan PlanOf(ArenaPlan? plan) =>
        plan ?? throw new ModelImageException(ModelImageError.BadPlan, "a tensor is of no planned program");
}
