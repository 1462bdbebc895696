namespace NanoFormer.Model;

/// <summary>
/// Reads and validates the operator records of one program with their constants. Header and tensors were validated before.
/// </summary>
internal static class OperatorReader
{
    /// <summary>The window program.</summary>
    /// <exception cref="ModelImageException">BAD_OPERATOR, UNSUPPORTED_OPERATOR or BAD_TABLE.</exception>
    public static OperatorTable ReadWindowProgram(ReadOnlySpan<byte> image, ImageHeader header, TensorTable tensors)
    {
        var section = image.Slice(header.OperatorsOffset, header.OperatorCount * ImageFormat.OperatorBytes);
        return Read(section, new ProgramContext(tensors.All, tensors.Window, tensors.Output, header.ArenaBytes, IsStep: false));
    }

    /// <summary>The step program.</summary>
    /// <exception cref="ModelImageException">BAD_OPERATOR, UNSUPPORTED_OPERATOR or BAD_TABLE.</exception>
    public static OperatorTable ReadStepProgram(ReadOnlySpan<byte> image, ImageHeader header, TensorTable tensors)
    {
        var section = image.Slice(header.StepOperatorsOffset, header.StepOperatorCount * ImageFormat.OperatorBytes);
        return Read(section, new ProgramContext(tensors.All, tensors.StepInput!, tensors.StepOutput!, header.StepArenaBytes, IsStep: true));
    }

    private static OperatorTable Read(ReadOnlySpan<byte> section, ProgramContext context)
    {
        var operators = new Operator[section.Length / ImageFormat.OperatorBytes];
        var scratch = new ArenaRegion[operators.Length];
        var fields = new OperatorGroup[operators.Length];
        int groupEnd = 0;
        for (int i = 0; i < operators.Length; i++)
        {
            var bytes = section.Slice(i * ImageFormat.OperatorBytes, ImageFormat.OperatorBytes);
            var record = new OperatorRecord(bytes, i, context, continuesGroup: i < groupEnd);
            fields[i] = record.Group;
            groupEnd = Math.Max(groupEnd, i + record.Group.Count);
            operators[i] = record.Read();
            scratch[i] = record.Scratch(operators[i].ScratchBytes, context.ArenaBytes);
            ConstantValidator.Validate(operators[i], i);
        }

        var program = new GraphProgram(context.Input, context.Output, operators);
        return new OperatorTable(operators, scratch, GroupValidator.Validate(program, fields));
    }
}
