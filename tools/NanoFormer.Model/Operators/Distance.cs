using System.Numerics;

namespace NanoFormer.Model;

/// <summary>
/// How far a reconstruction or forecast (the input) is from what came (the second input): int8 <c>[R][C]</c> twice, to <c>[1][1]</c> or,
/// for each channel, <c>[1][C]</c> (NUMERICS.md, section 3.16). The input multipliers are scale / the greater input scale.
/// </summary>
public sealed record Distance() : BinaryOperator(OperatorKind.Distance)
{
    private const int MaxRows = 8192;
    private const int MaxBits = 40;
    private const int OperandShift = 8;

    /// <summary>Absolute or squared.</summary>
    public required DistanceNorm Norm { get; init; }

    /// <summary>Rows by which the second input is ahead: row i is compared with row i + lag.</summary>
    public required int Lag { get; init; }

    /// <summary>Bits the sum is shifted right by before it is requantized.</summary>
    public required int Bits { get; init; }

    /// <summary>The greater input scale^norm * 2^(bits - 8 * norm) / (terms * output scale).</summary>
    public required FixedMultiplier OutputMultiplier { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal static Distance Read(OperatorRecord record)
    {
        var first = record.Input();
        var second = record.SecondInput();
        var output = record.Output();
        int norm = record.Parameter(At.Norm);
        int lag = record.Parameter(At.Lag);
        int bits = record.Parameter(At.Bits);
        var firstMultiplier = record.Multiplier(At.FirstMultiplier);
        var secondMultiplier = record.Multiplier(At.SecondMultiplier);
        record.Require(!record.IsStep, "does not stream");
        record.Require(norm is (int)DistanceNorm.Absolute or (int)DistanceNorm.Squared, "has an unknown norm");
        record.RequireSameShape(first, second, "compares two shapes");
        record.Require(output.Rows == 1 && (output.Columns == 1 || output.Columns == first.Columns), "writes another shape than one row");
        record.Require(first.Rows <= MaxRows, "compares too many rows");
        record.Require(lag >= 0 && lag < first.Rows, "has a lag out of range");
        record.Require(firstMultiplier.Shift <= 1 && secondMultiplier.Shift <= 1, "has an input multiplier above 1");
        record.Require(bits is >= 0 and <= MaxBits, "shifts by too many bits");
        return new Distance
        {
            Input = first,
            Second = second,
            FirstMultiplier = firstMultiplier,
            SecondMultiplier = secondMultiplier,
            Norm = (DistanceNorm)norm,
            Lag = lag,
            Bits = bits,
            OutputMultiplier = record.Multiplier(At.OutputMultiplier),
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Parameter(At.Norm, (int)Norm);
        fields.Parameter(At.Lag, Lag);
        fields.Multiplier(At.FirstMultiplier, FirstMultiplier);
        fields.Multiplier(At.SecondMultiplier, SecondMultiplier);
        fields.Parameter(At.Bits, Bits);
        fields.Multiplier(At.OutputMultiplier, OutputMultiplier);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output) => Compute(run.ValuesOf(Input), run.ValuesOf(Second), output);

    /// <summary>int8 <c>[R][C]</c> twice, to one value or one per channel.</summary>
    internal void Compute(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second, Span<sbyte> output)
    {
        int columns = Input.Columns;
        long[] sums = new long[output.Length];
        for (int i = 0; i < (Input.Rows - Lag) * columns; i++)
        {
            int a = FixedPoint.Requantize((first[i] - Input.ZeroPoint) << OperandShift, FirstMultiplier);
            sbyte ahead = second[i + Lag * columns];
            int b = FixedPoint.Requantize((ahead - Second.ZeroPoint) << OperandShift, SecondMultiplier);
            long difference = Math.Abs((long)a - b);
            sums[output.Length == 1 ? 0 : i % columns] += Norm == DistanceNorm.Absolute ? difference : difference * difference;
        }

        for (int i = 0; i < output.Length; i++)
        {
            long mean = (sums[i] + ((1L << Bits) >> 1)) >> Bits;
            int limited = (int)Math.Min(mean, int.MaxValue);
            output[i] = FixedPoint.Store(FixedPoint.Requantize(limited, OutputMultiplier), Output.ZeroPoint, ClampRange.Full);
        }
    }

    internal override string? Obstacle(TimeStrides strides) => "looks at a whole window at once";

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int Norm = 0;
        public const int Lag = 1;
        public const int FirstMultiplier = 2;
        public const int SecondMultiplier = 4;
        public const int Bits = 6;
        public const int OutputMultiplier = 7;
    }
}

/// <summary>How differences are summed; numbers as in the image.</summary>
public enum DistanceNorm
{
    /// <summary>Mean of the absolute differences.</summary>
    Absolute = 1,

    /// <summary>Mean of the squared differences.</summary>
    Squared = 2,
}

/// <content>Distances.</content>
public sealed partial class GraphBuilder
{
    /// <summary>The mean absolute or squared difference of two tensors of one shape.</summary>
    /// <param name="reconstruction">What the model makes of the input, or forecasts.</param>
    /// <param name="actual">What came.</param>
    /// <param name="norm">Absolute or squared.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="lag">Rows by which a forecast is ahead: its row i is compared with row i + lag of what came.</param>
    /// <param name="eachChannel">One result for each channel, <c>[1][C]</c>, in place of one for all, <c>[1][1]</c>.</param>
    public ActivationTensor Distance(Tensor reconstruction, Tensor actual, DistanceNorm norm, Quantization output, int lag = 0,
        bool eachChannel = false)
    {
        RequireSameShape(reconstruction, actual, nameof(actual));
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lag, actual.Rows);
        double greater = Math.Max(ScaleOf(reconstruction), ScaleOf(actual));
        long terms = (actual.Rows - lag) * (eachChannel ? 1L : actual.Columns);
        int bits = DistanceBits(terms, norm);
        double factor = Math.Pow(greater, (int)norm) * Math.ScaleB(1, bits - 8 * (int)norm);
        return Append(new Distance
        {
            Input = reconstruction,
            Second = actual,
            FirstMultiplier = FixedMultiplier.FromReal(ScaleOf(reconstruction) / greater),
            SecondMultiplier = FixedMultiplier.FromReal(ScaleOf(actual) / greater),
            Norm = norm,
            Lag = lag,
            Bits = bits,
            OutputMultiplier = FixedMultiplier.FromReal(factor / (terms * output.Scale)),
            Output = NewActivation(1, eachChannel ? actual.Columns : 1, output),
        });
    }

    /// <summary>The fewest bits to shift a sum of differences (each below 2^17) by, so that it never exceeds 31.</summary>
    private static int DistanceBits(long terms, DistanceNorm norm) =>
        Math.Max(BitOperations.Log2((ulong)terms) + 1 + 17 * (int)norm - 31, 0);
}
