namespace NanoFormer.Model;

/// <summary>
/// Mean over rows, weighted by a softmax of learned scores: int8 <c>[R][C]</c> to int8 <c>[1][C]</c>, at most 511 rows (NUMERICS.md,
/// section 3.14).
/// </summary>
public sealed record AttentionPool() : WeightedOperator(OperatorKind.AttentionPool)
{
    /// <summary>int32 <c>[1][256]</c>: the exponentials for the scale of the scores.</summary>
    public required ConstantTensor Exponentials { get; init; }

    /// <summary>Zero point of the scores.</summary>
    public required int ScoreZeroPoint { get; init; }

    /// <summary>Input scale / (256 * output scale).</summary>
    public required FixedMultiplier ContextMultiplier { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <summary>The scores, rounded up to 16 bytes.</summary>
    public override int ScratchBytes => Alignment.RoundUp(Input.Rows);

    /// <inheritdoc/>
    public override long MultiplyAccumulates => 2L * Input.Count;

    internal override OperatorConstants Stored => new(Weights, ChannelConstants, Exponentials);

    internal static AttentionPool Read(OperatorRecord record)
    {
        var (input, output) = record.Pooled();
        record.Require(!record.IsStep, "does not stream");
        record.Require(input.Rows <= ImageFormat.MaxSoftmaxLength, "averages too many rows");
        return new AttentionPool
        {
            Input = input,
            Weights = record.Weights(1, input.Columns),
            ChannelConstants = record.ChannelConstants(1),
            Exponentials = record.Exponentials(),
            ScoreZeroPoint = record.ZeroPoint(At.ScoreZeroPoint),
            ContextMultiplier = record.Multiplier(At.ContextMultiplier),
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Parameter(At.ScoreZeroPoint, ScoreZeroPoint);
        fields.Multiplier(At.ContextMultiplier, ContextMultiplier);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        var input = run.ValuesOf(Input);
        sbyte[] scores = new sbyte[Input.Rows];
        Linear.Compute(
            input, Weights.Int8Values, new ChannelConstants(ChannelConstants), ScoreZeroPoint, ClampRange.Full, scores);
        sbyte[] weights = new sbyte[scores.Length];
        Softmax.Compute(scores, scores.Length, Exponentials.Scale, weights);
        MatrixProduct.Compute(weights, sbyte.MinValue, MatrixProduct.Transpose(input, output.Length), Input.ZeroPoint,
            weights.Length, ContextMultiplier, Output.ZeroPoint, output);
    }

    internal override string? Obstacle(TimeStrides strides) => "looks at a whole window at once";

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int ScoreZeroPoint = 0;
        public const int ContextMultiplier = 1;
    }
}

/// <content>Attention pooling.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Mean over rows, weighted by a softmax of learned scores: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    /// <param name="input"><c>[R][C]</c>, at most 511 rows.</param>
    /// <param name="weights"><c>[C]</c>.</param>
    /// <param name="weightScale">Of all weights.</param>
    /// <param name="bias">Not folded.</param>
    /// <param name="scores">Quantization of the scores, the input of the softmax.</param>
    /// <param name="output">Quantization of the result.</param>
    public ActivationTensor AttentionPool(Tensor input, ReadOnlySpan<sbyte> weights, double weightScale, int bias, Quantization scores,
        Quantization output)
    {
        scores.Validated(nameof(scores));
        var weightTensor = Weights(1, input.Columns, weights);
        var multipliers = Multipliers([weightScale], ScaleOf(input), scores.Scale);
        return Append(new AttentionPool
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), [bias], multipliers),
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(scores.Scale)),
            ScoreZeroPoint = scores.ZeroPoint,
            ContextMultiplier = FixedMultiplier.FromReal(Quantization.Probability.Scale * ScaleOf(input) / output.Scale),
            Output = NewActivation(1, input.Columns, output),
        });
    }
}
