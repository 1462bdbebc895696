namespace NanoFormer.Model;

/// <summary>Mean over rows, weighted by a softmax of learned scores: int8 <c>[R][C]</c> to int8 <c>[1][C]</c>, at most 511 rows.</summary>
public sealed record AttentionPool : Operator
{
    /// <summary>int8 <c>[1][C]</c>.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][1]</c>: folded bias, multiplier and shift of the scores.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>int32 <c>[1][256]</c>: the exponentials for the scale of the scores.</summary>
    public required ConstantTensor Exponentials { get; init; }

    /// <summary>Zero point of the scores.</summary>
    public required int ScoreZeroPoint { get; init; }

    /// <summary>Input scale / (256 * output scale).</summary>
    public required FixedMultiplier ContextMultiplier { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.AttentionPool;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants, Exponentials];

    /// <summary>The scores, rounded up to 16 bytes.</summary>
    public override int ScratchBytes => Alignment.RoundUp(Input.Rows);

    /// <inheritdoc/>
    public override long MultiplyAccumulates => 2L * Input.Count;
}
