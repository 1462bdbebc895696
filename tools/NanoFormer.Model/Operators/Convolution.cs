namespace NanoFormer.Model;

/// <summary>What the two convolutions over time share.</summary>
/// <param name="Kind">Which operator it is.</param>
public abstract record Convolution(OperatorKind Kind) : WeightedOperator(Kind)
{
    private const int MaxParameter = 32768;

    /// <summary>Samples under the kernel.</summary>
    public required int Kernel { get; init; }

    /// <summary>Samples between the starts of two outputs.</summary>
    public required int Stride { get; init; }

    /// <summary>Padding samples before the first, <c>0 .. Kernel - 1</c>; those after the last follow from the output's rows.</summary>
    public required int PadLeft { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public sealed override long MultiplyAccumulates => (long)Output.Rows * Weights.Count;

    /// <summary>int8 values that a stream remembers: the rows before the new ones, and the new ones.</summary>
    private long StateCount => ((long)Kernel - Stride + Input.Rows) * Input.Columns;

    private protected static ConvolutionShape ReadShape(OperatorRecord record, Tensor input, ActivationTensor output)
    {
        int kernel = record.Parameter(At.Kernel);
        int stride = record.Parameter(At.Stride);
        int padLeft = record.Parameter(At.PadLeft);
        record.Require(kernel is >= 1 and <= MaxParameter, "has a kernel out of range");
        record.Require(stride is >= 1 and <= MaxParameter, "has a stride out of range");
        record.Require(padLeft >= 0 && padLeft < kernel, "pads more than its kernel allows");
        record.Require((output.Rows - 1L) * stride - padLeft < input.Rows, "has a last row that reads padding only");
        if (record.IsStep)
        {
            record.Require(kernel >= stride, "skips samples, which does not stream");
            record.Require(padLeft == 0, "pads in a stream");
            record.Require(input.Rows == (long)output.Rows * stride, "takes in other rows than its results need");
        }

        return new ConvolutionShape(kernel, stride, padLeft, output.Rows);
    }

    private protected static ClampRange ReadClamp(OperatorRecord record) => record.Clamp(At.Clamp);

    /// <summary>The operator just read, with the state that it has in a step program if its kernel reaches back.</summary>
    private protected static Operator WithState(Convolution read, OperatorRecord record) => read.Kernel > read.Stride
        ? read with { State = record.State(ElementType.Int8, read.StateCount, read.Input.ZeroPoint) }
        : read;

    internal sealed override void Write(ParameterFields fields)
    {
        fields.Parameter(At.Kernel, Kernel);
        fields.Parameter(At.Stride, Stride);
        fields.Parameter(At.PadLeft, PadLeft);
        fields.Clamp(At.Clamp, Clamp);
    }

    internal sealed override void Run(ReferenceRun run, Span<sbyte> output) => Compute(run.ValuesOf(Input), output);

    /// <summary>The result of <paramref name="input"/>, which may be longer than the input tensor.</summary>
    internal abstract void Compute(ReadOnlySpan<sbyte> input, Span<sbyte> output);

    /// <summary>The samples under a kernel that begins at a value of the input; those outside read as padding.</summary>
    private protected static void CopyPatch(ReadOnlySpan<sbyte> input, int start, int padding, Span<sbyte> patch)
    {
        patch.Fill((sbyte)padding);
        int first = Math.Max(start, 0);
        int end = Math.Min(start + patch.Length, input.Length);
        if (first < end)
        {
            input[first..end].CopyTo(patch[(first - start)..]);
        }
    }

    internal sealed override string? Obstacle(TimeStrides strides)
    {
        if (!IsInTime(strides) && Kernel != Stride)
        {
            return StreamLimits.BehindPooling;
        }

        if (Kernel < Stride)
        {
            return "skips samples, its stride being greater than its kernel";
        }

        if (PadLeft != Kernel - Stride)
        {
            return $"pads {PadLeft} samples on the left, not kernel - stride = {Kernel - Stride}";
        }

        return Input.Rows == (long)Output.Rows * Stride
            ? StreamLimits.StateFits(StateCount)
            : $"makes {Output.Rows} rows of {Input.Rows} with a stride of {Stride}";
    }

    internal sealed override Operator ForStream(Operator window) => Kernel > Stride
        ? this with { PadLeft = 0, State = new StateTensor((int)StateCount, ElementType.Int8, Input.ZeroPoint) }
        : this;

    internal sealed override OperatorMemory NewMemory() => new Memory(this);

    /// <summary>The last <c>kernel - stride</c> rows.</summary>
    private sealed class Memory : OperatorMemory
    {
        private readonly Convolution _conv;
        private sbyte[] _rows;

        public Memory(Convolution conv)
        {
            _conv = conv;
            _rows = new sbyte[(conv.Kernel - conv.Stride) * conv.Input.Columns];
            Array.Fill(_rows, (sbyte)conv.Input.ZeroPoint);
        }

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            sbyte[] seen = [.. _rows, .. input];
            _conv.Compute(seen, output);
            _rows = seen[^_rows.Length..];
        }
    }

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int Kernel = 0;
        public const int Stride = 1;
        public const int PadLeft = 2;
        public const int Clamp = 3;
    }
}

/// <summary>How a convolution moves over time.</summary>
/// <param name="Kernel">Samples under the kernel.</param>
/// <param name="Stride">Samples between the starts of two outputs.</param>
/// <param name="PadLeft">Padding samples before the first, <c>0 .. Kernel - 1</c>.</param>
/// <param name="OutputRows">Rows of the output; the last must read at least one real sample.</param>
public readonly record struct ConvolutionShape(int Kernel, int Stride, int PadLeft, int OutputRows)
{
    /// <summary>
    /// "Same" padding: <c>ceil(rows / stride)</c> output rows, the padding split evenly, the odd sample after the last.
    /// </summary>
    public static ConvolutionShape Same(int rows, int kernel, int stride)
    {
        int outputRows = (rows + stride - 1) / stride;
        int padding = Math.Max((outputRows - 1) * stride + kernel - rows, 0);
        return new ConvolutionShape(kernel, stride, padding / 2, outputRows);
    }

    /// <summary>No padding: <c>(rows - kernel) / stride + 1</c> output rows.</summary>
    public static ConvolutionShape Valid(int rows, int kernel, int stride) => new(kernel, stride, 0, (rows - kernel) / stride + 1);
}
