using System.Numerics;

namespace NanoFormer.Model;

/// <summary>
/// Normalization of each row to mean 0 and deviation 1, then a gain and a bias per channel: int8 <c>[R][C]</c>, C in 2..1024
/// (NUMERICS.md, section 3.11).
/// </summary>
public sealed record LayerNorm() : WeightedOperator(OperatorKind.LayerNorm)
{
    private const int MinColumns = 2;
    private const int MaxColumns = 1024;

    /// <summary>What keeps a constant row from a division by 0, in steps of C^3 input variances; at least 1.</summary>
    public required uint Epsilon { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override bool CanRunInPlace => true;

    internal static LayerNorm Read(OperatorRecord record)
    {
        var input = record.Input();
        var output = record.Output();
        record.RequireSameShape(input, output, "writes another shape than its input's");
        record.Require(input.Columns is >= MinColumns and <= MaxColumns, "has rows of a length out of range");
        record.Require(record.Parameter(At.Epsilon) != 0, "has no epsilon");
        return new LayerNorm
        {
            Input = input,
            Weights = record.Weights(1, output.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Epsilon = unchecked((uint)record.Parameter(At.Epsilon)),
            Clamp = record.Clamp(At.Clamp),
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Parameter(At.Epsilon, unchecked((int)Epsilon));
        fields.Clamp(At.Clamp, Clamp);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        var input = run.ValuesOf(Input);
        for (int start = 0; start < input.Length; start += Output.Columns)
        {
            NormalizeRow(input.Slice(start, Output.Columns), output.Slice(start, Output.Columns));
        }
    }

    private void NormalizeRow(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int sum = 0;
        foreach (sbyte value in input)
        {
            sum += value;
        }

        long variance = Epsilon;
        foreach (sbyte value in input)
        {
            long difference = input.Length * value - sum;
            variance += difference * difference;
        }

        // The root is taken of the leading 31 or 32 bits: the even power of two that leaves 31 or 32.
        const int RootBits = 32;
        int bits = BitOperations.Log2((ulong)variance) + 1;
        int k = (bits - RootBits + 1) >> 1;
        uint root = FloorOfRoot((uint)(k >= 0 ? variance >> (2 * k) : variance << (-2 * k)));
        long reciprocal = (1L << 31) / root;
        var constants = new ChannelConstants(ChannelConstants);
        var gains = Weights.Int8Values;
        for (int c = 0; c < output.Length; c++)
        {
            long difference = input.Length * input[c] - sum;
            int normalized = (int)((difference * reciprocal + (1L << (k + 15))) >> (k + 16));
            int accumulator = constants.Biases[c] + normalized * gains[c];
            output[c] = FixedPoint.Store(
                FixedPoint.Requantize(accumulator, constants.Multiplier(c)), Output.ZeroPoint, Clamp);
        }
    }

    /// <summary>The root of a 32-bit number is exact enough in double precision to need at most one correction.</summary>
    private static uint FloorOfRoot(uint value)
    {
        ulong root = (ulong)Math.Sqrt(value);
        while (root * root > value)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= value)
        {
            root++;
        }

        return (uint)root;
    }

    internal override string? Obstacle(TimeStrides strides) => null;

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int Epsilon = 0;
        public const int Clamp = 1;
    }
}

/// <summary>The constants of a layer normalization from its real ones (NUMERICS.md, section 3.11).</summary>
internal static class LayerNormConstants
{
    private const int MaxWeight = 127;

    /// <summary>Normalized values are in steps of <c>sqrt(C) / 2^15</c>.</summary>
    private const int NormalizedBits = 15;

    /// <summary>
    /// Weights int8 <c>[1][C]</c>, of magnitude 127 but where a bias that is great beside its gain needs a coarser step, and channel
    /// constants int32 <c>[3][C]</c>.
    /// </summary>
    public static (ConstantTensor Weights, ConstantTensor Constants) Create(ReadOnlySpan<double> gains, ReadOnlySpan<double> biases,
        double outputScale)
    {
        int columns = gains.Length;
        double normalizedStep = Math.ScaleB(Math.Sqrt(columns), -NormalizedBits);
        sbyte[] weights = new sbyte[columns];
        int[] folded = new int[columns];
        var multipliers = new FixedMultiplier[columns];
        for (int c = 0; c < columns; c++)
        {
            double smallest = Math.Abs(biases[c]) / (normalizedStep * ImageFormat.MaxFoldedBias);
            double scale = Math.Max(Math.Abs(gains[c]) / MaxWeight, smallest);
            if (scale == 0)
            {
                continue;
            }

            weights[c] = (sbyte)Math.Round(gains[c] / scale, MidpointRounding.AwayFromZero);
            folded[c] = (int)Math.Round(biases[c] / (scale * normalizedStep), MidpointRounding.AwayFromZero);
            multipliers[c] = FixedMultiplier.FromReal(scale * normalizedStep / outputScale);
        }

        return (ConstantTensor.FromInt8(1, columns, weights), ChannelConstants.Create(folded, multipliers));
    }

    /// <summary>A real epsilon, added to the variance, in steps of the integer one.</summary>
    public static uint Epsilon(double epsilon, int columns, double inputScale)
    {
        double steps = Math.Round(epsilon * Math.Pow(columns, 3) / (inputScale * inputScale), MidpointRounding.AwayFromZero);
        return (uint)Math.Clamp(steps, 1, uint.MaxValue);
    }
}

/// <content>Layer normalization.</content>
public sealed partial class GraphBuilder
{
    /// <summary>
    /// Every row normalized to mean 0 and deviation 1, then <c>gain[c] * x + bias[c]</c>: int8 <c>[R][C]</c>, C in 2..1024.
    /// </summary>
    /// <param name="input"><c>[R][C]</c>.</param>
    /// <param name="gains"><c>[C]</c>, real.</param>
    /// <param name="biases"><c>[C]</c>, real.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor LayerNorm(Tensor input, ReadOnlySpan<double> gains, ReadOnlySpan<double> biases, double epsilon,
        Quantization output, Activation activation = default)
    {
        RequireLength(gains.Length, input.Columns, nameof(gains));
        RequireLength(biases.Length, input.Columns, nameof(biases));
        var (weights, constants) = LayerNormConstants.Create(gains, biases, output.Scale);
        return Append(new LayerNorm
        {
            Input = input,
            Weights = weights,
            ChannelConstants = constants,
            Epsilon = LayerNormConstants.Epsilon(epsilon, input.Columns, ScaleOf(input)),
            Clamp = activation.ToClampRange(output),
            Output = NewActivation(input.Rows, input.Columns, output),
        });
    }
}
