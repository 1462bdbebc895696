using System.Numerics;

namespace NanoFormer.Model;

/// <summary>Mean over rows: int8 <c>[R][C]</c> to int8 <c>[1][C]</c> (NUMERICS.md, section 3.8).</summary>
public sealed record Mean() : Operator(OperatorKind.Mean)
{
    private const int MaxRows = 8192;

    /// <summary>Input scale / (rows * output scale); its mantissa may lie below 2^30.</summary>
    public required FixedMultiplier Multiplier { get; init; }

    /// <summary>In a step program, the rows remembered, over which the mean goes; else 0: the rows of the input.</summary>
    public int RowCount { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal override OperatorConstants Stored => default;

    internal override bool PoolsTime => true;

    internal static Mean Read(OperatorRecord record)
    {
        var (input, output) = record.Pooled();
        int rowCount = record.Parameter(At.RowCount);
        record.Require(input.Rows <= MaxRows, "averages too many rows");
        record.Require(record.IsStep ? rowCount is >= 1 and <= MaxRows : rowCount == 0, "has a row count out of range");
        return new Mean
        {
            Input = input,
            Multiplier = record.Multiplier(At.Multiplier),
            RowCount = rowCount,
            Output = output,
            State = record.State(ElementType.Int8, StateCount(output.Columns, rowCount)),
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Multiplier(At.Multiplier, Multiplier);
        fields.Parameter(At.RowCount, RowCount);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output) => Compute(run.ValuesOf(Input), output);

    private void Compute(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        for (int column = 0; column < output.Length; column++)
        {
            int accumulator = 0;
            for (int i = column; i < input.Length; i += output.Length)
            {
                accumulator += input[i] - Input.ZeroPoint;
            }

            output[column] = FixedPoint.Store(FixedPoint.Requantize(accumulator, Multiplier), Output.ZeroPoint, ClampRange.Full);
        }
    }

    internal override string? Obstacle(TimeStrides strides) => StreamLimits.StateFits(StateCount(Output.Columns, Input.Rows));

    internal override Operator ForStream(Operator window)
    {
        int count = window.Input.Rows;
        return this with { RowCount = count, State = new StateTensor((int)StateCount(Output.Columns, count), ElementType.Int8) };
    }

    /// <summary>int8 values that a stream remembers: sums and rows.</summary>
    private static long StateCount(int columns, int rowCount) => StreamLimits.RingHeader + 4L * columns + (long)columns * rowCount;

    internal override OperatorMemory NewMemory() => new Memory(this);

    /// <summary>The last rows.</summary>
    private sealed class Memory : OperatorMemory
    {
        private readonly Mean _mean;
        private sbyte[] _rows;

        public Memory(Mean mean)
        {
            _mean = mean;
            _rows = new sbyte[mean.RowCount * mean.Input.Columns];
            Array.Fill(_rows, (sbyte)mean.Input.ZeroPoint);
        }

        public override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
        {
            sbyte[] seen = [.. _rows, .. input];
            _rows = seen[^_rows.Length..];
            _mean.Compute(_rows, output);
        }
    }

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int Multiplier = 0;
        public const int RowCount = 2;
    }
}

/// <content>Means.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Mean over rows: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    public ActivationTensor Mean(Tensor input, Quantization output) => Append(new Mean
    {
        Input = input,
        Multiplier = MeanMultiplier(FixedMultiplier.FromReal(ScaleOf(input) / output.Scale), input.Rows),
        Output = NewActivation(1, input.Columns, output),
    });

    /// <summary>The multiplier of a mean over rows, from that of the scales' ratio (NUMERICS.md, section 3.8).</summary>
    internal static FixedMultiplier MeanMultiplier(FixedMultiplier ratio, int rows)
    {
        int n = Math.Min(Math.Min(BitOperations.Log2((uint)rows), 32), 31 + ratio.Shift);
        return new FixedMultiplier((int)(((long)ratio.Mantissa << n) / rows), ratio.Shift - n);
    }
}
