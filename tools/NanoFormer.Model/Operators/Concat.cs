namespace NanoFormer.Model;

/// <summary>
/// Two tensors joined along rows or columns, each rescaled: int8 <c>[R1][C1]</c> and <c>[R2][C2]</c> (NUMERICS.md, section 3.15). The
/// multipliers are input scale / output scale.
/// </summary>
public sealed record Concat() : BinaryOperator(OperatorKind.Concat)
{
    /// <summary>Along what they are joined.</summary>
    public required ConcatAxis Axis { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal static Concat Read(OperatorRecord record)
    {
        var first = record.Input();
        var second = record.SecondInput();
        var output = record.Output();
        int axis = record.Parameter(At.Axis);
        record.Require(axis is (int)ConcatAxis.Rows or (int)ConcatAxis.Columns, "joins along an unknown axis");
        bool byRows = axis == (int)ConcatAxis.Rows;
        record.Require((byRows ? first.Columns : first.Rows) == (byRows ? second.Columns : second.Rows), "joins two shapes");
        int rows = byRows ? first.Rows + second.Rows : first.Rows;
        int columns = byRows ? first.Columns : first.Columns + second.Columns;
        record.Require(output.Rows == rows && output.Columns == columns, "writes another shape than its inputs make");
        return new Concat
        {
            Input = first,
            Second = second,
            FirstMultiplier = record.Multiplier(At.FirstMultiplier),
            SecondMultiplier = record.Multiplier(At.SecondMultiplier),
            Axis = (ConcatAxis)axis,
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Parameter(At.Axis, (int)Axis);
        fields.Multiplier(At.FirstMultiplier, FirstMultiplier);
        fields.Multiplier(At.SecondMultiplier, SecondMultiplier);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        sbyte[] first = new sbyte[Input.Count];
        sbyte[] second = new sbyte[Second.Count];
        Rescale(run.ValuesOf(Input), Input.ZeroPoint, FirstMultiplier, Output.ZeroPoint, first);
        Rescale(run.ValuesOf(Second), Second.ZeroPoint, SecondMultiplier, Output.ZeroPoint, second);

        // Joining rows is joining columns of one long row.
        int rows = Axis == ConcatAxis.Rows ? 1 : Output.Rows;
        int firstColumns = first.Length / rows;
        int secondColumns = second.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            var joined = output.Slice(row * (firstColumns + secondColumns), firstColumns + secondColumns);
            first.AsSpan(row * firstColumns, firstColumns).CopyTo(joined);
            second.AsSpan(row * secondColumns, secondColumns).CopyTo(joined[firstColumns..]);
        }
    }

    /// <summary>The values of an int8 tensor in steps of another.</summary>
    public static void Rescale(ReadOnlySpan<sbyte> input, int inputZeroPoint, FixedMultiplier multiplier, int zeroPoint,
        Span<sbyte> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = FixedPoint.Store(FixedPoint.Requantize(input[i] - inputZeroPoint, multiplier), zeroPoint, ClampRange.Full);
        }
    }

    internal override string? Obstacle(TimeStrides strides) =>
        Axis == ConcatAxis.Rows && IsInTime(strides) ? "joins rows of different times" : null;

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int Axis = 0;
        public const int FirstMultiplier = 1;
        public const int SecondMultiplier = 3;
    }
}

/// <summary>Along what two tensors are joined; numbers as in the image.</summary>
public enum ConcatAxis
{
    /// <summary>The rows of the first, then those of the second.</summary>
    Rows = 0,

    /// <summary>In every row, the columns of the first, then those of the second.</summary>
    Columns = 1,
}

/// <content>Concatenations.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Two tensors joined along rows (of equal columns) or columns (of equal rows).</summary>
    public ActivationTensor Concat(Tensor first, Tensor second, ConcatAxis axis, Quantization output)
    {
        bool byRows = axis == ConcatAxis.Rows;
        RequireLength(byRows ? second.Columns : second.Rows, byRows ? first.Columns : first.Rows, nameof(second));
        return Append(new Concat
        {
            Input = first,
            Second = second,
            FirstMultiplier = FixedMultiplier.FromReal(ScaleOf(first) / output.Scale),
            SecondMultiplier = FixedMultiplier.FromReal(ScaleOf(second) / output.Scale),
            Axis = axis,
            Output = byRows
                ? NewActivation(first.Rows + second.Rows, first.Columns, output)
                : NewActivation(first.Rows, first.Columns + second.Columns, output),
        });
    }
}
