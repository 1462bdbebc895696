namespace NanoFormer.Model;

/// <summary>Writes operator records.</summary>
internal static class OperatorEncoder
{
    public static void Write(Span<byte> section, IReadOnlyList<Tensor> tensors, GraphProgram program, ArenaPlan plan)
    {
        for (int i = 0; i < program.Operators.Count; i++)
        {
            var record = RecordAt(section, i);
            WriteFields(record, program.Operators[i], tensors);
            record.Int32(ImageField.Operator.ScratchOffset, plan.Scratch[i].Offset);
            record.Int32(ImageField.Operator.ScratchBytes, plan.Scratch[i].Bytes);
        }

        foreach (var group in plan.Groups)
        {
            var record = RecordAt(section, group.First);
            record.UInt8(ImageField.Operator.Group, group.Count);
            record.UInt16(ImageField.Operator.TileRows, group.TileRows);
        }
    }

    /// <summary>Everything of a record but scratch and groups, which are the plan's.</summary>
    public static void WriteFields(ImageRecord record, Operator step, IReadOnlyList<Tensor> tensors)
    {
        record.UInt8(ImageField.Operator.Kind, (int)step.Kind);
        record.UInt16(ImageField.Operator.Input, ImageWriter.IndexOf(tensors, step.Input));
        record.UInt16(ImageField.Operator.SecondInput, ImageWriter.IndexOf(tensors, step.SecondInput));
        record.UInt16(ImageField.Operator.Output, ImageWriter.IndexOf(tensors, step.Output));
        record.UInt16(ImageField.Operator.Weights, ImageWriter.IndexOf(tensors, step.Stored.Weights));
        record.UInt16(ImageField.Operator.ChannelConstants, ImageWriter.IndexOf(tensors, step.Stored.ChannelConstants));
        record.UInt16(ImageField.Operator.Table, ImageWriter.IndexOf(tensors, step.Stored.Table));
        record.UInt16(ImageField.Operator.State, ImageWriter.IndexOf(tensors, step.State));
        step.Write(new ParameterFields(record));
    }

    private static ImageRecord RecordAt(Span<byte> section, int index) =>
        new(section.Slice(index * ImageFormat.OperatorBytes, ImageFormat.OperatorBytes));
}

/// <summary>The parameters of an operator record, by their number.</summary>
internal readonly ref struct ParameterFields(ImageRecord record)
{
    private readonly ImageRecord _record = record;

    public void Parameter(int parameter, int value) => _record.Int32(ImageField.Operator.Parameters + 4 * parameter, value);

    /// <summary>The mantissa in a parameter and the shift in the next.</summary>
    public void Multiplier(int parameter, FixedMultiplier multiplier)
    {
        Parameter(parameter, multiplier.Mantissa);
        Parameter(parameter + 1, multiplier.Shift);
    }

    /// <summary>The low end in a parameter and the high end in the next.</summary>
    public void Clamp(int parameter, ClampRange clamp)
    {
        Parameter(parameter, clamp.Low);
        Parameter(parameter + 1, clamp.High);
    }
}
