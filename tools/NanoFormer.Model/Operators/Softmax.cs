using System.Numerics;

namespace NanoFormer.Model;

/// <summary>
/// Softmax over each row: int8 <c>[R][L]</c> to int8 <c>[R][L]</c> with scale 1/256 and zero point -128; L at most 511 (NUMERICS.md,
/// section 3.5).
/// </summary>
public sealed record Softmax() : Operator(OperatorKind.Softmax)
{
    /// <summary>int32 <c>[1][256]</c>: the exponentials for the scale of the input.</summary>
    public required ConstantTensor Exponentials { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal override OperatorConstants Stored => new(Exponentials: Exponentials);

    internal static Softmax Read(OperatorRecord record)
    {
        var input = record.Input();
        var output = record.Output();
        record.RequireSameShape(input, output, "writes another shape than its input's");
        record.Require(input.Columns <= ImageFormat.MaxSoftmaxLength, "has rows that are too long");
        record.Require(output.ZeroPoint == sbyte.MinValue, "writes a tensor whose zero point is not -128");
        return new Softmax { Input = input, Exponentials = record.Exponentials(), Output = output };
    }

    internal override void Write(ParameterFields fields)
    {
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output) =>
        Compute(run.ValuesOf(Input), Input.Columns, Exponentials.Scale, output);

    /// <summary>Softmax of every row of int8 <c>[R][length]</c>, computed from the input scale.</summary>
    public static void Compute(ReadOnlySpan<sbyte> input, int length, FixedMultiplier scale, Span<sbyte> output)
    {
        int[] exponentials = new int[length];
        for (int start = 0; start < input.Length; start += length)
        {
            ComputeRow(input.Slice(start, length), scale, exponentials, output.Slice(start, length));
        }
    }

    private static void ComputeRow(ReadOnlySpan<sbyte> input, FixedMultiplier scale, Span<int> exponentials, Span<sbyte> output)
    {
        int max = sbyte.MinValue;
        foreach (sbyte value in input)
        {
            max = Math.Max(max, value);
        }

        int sum = 0;
        for (int i = 0; i < input.Length; i++)
        {
            exponentials[i] = ExponentialTable.Exponential(input[i] - max, scale);
            sum += FixedPoint.RoundShift(exponentials[i], 12);
        }

        int headroom = BitOperations.LeadingZeroCount((uint)sum);
        int reciprocal = FixedPoint.OneOverOnePlus((int)(((uint)sum << headroom) - (1u << 31)));
        for (int i = 0; i < input.Length; i++)
        {
            int share = FixedPoint.RoundShift(FixedPoint.HighMultiply(reciprocal, exponentials[i]), 35 - headroom);
            output[i] = FixedPoint.Store(share, sbyte.MinValue, ClampRange.Full);
        }
    }

    internal override string? Obstacle(TimeStrides strides) => null;
}

/// <content>Softmax.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Softmax over each row: int8 <c>[R][L]</c> to probabilities of the same shape; L at most 511.</summary>
    public ActivationTensor Softmax(Tensor input) => Append(new Softmax
    {
        Input = input,
        Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(ScaleOf(input))),
        Output = NewActivation(input.Rows, input.Columns, Quantization.Probability),
    });
}
