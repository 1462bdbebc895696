namespace NanoFormer.Model;

/// <summary>
/// Multi-head self-attention without the output projection: int8 <c>[S][D]</c> to int8 <c>[S][H * P]</c>, at most 511 rows.
/// </summary>
public sealed record Attention : Operator
{
    /// <summary>int8 <c>[3 * H * P][D]</c>: the rows of queries, keys and values, each head by head.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][3 * H * P]</c>: folded bias, multiplier and shift of each weight row.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>int32 <c>[1][256]</c>: the exponentials for the scale of the scores.</summary>
    public required ConstantTensor Exponentials { get; init; }

    /// <summary>Number of heads, H.</summary>
    public required int Heads { get; init; }

    /// <summary>Columns of a head, P.</summary>
    public required int HeadColumns { get; init; }

    /// <summary>Zero point of the queries.</summary>
    public required int QueryZeroPoint { get; init; }

    /// <summary>Zero point of the keys.</summary>
    public required int KeyZeroPoint { get; init; }

    /// <summary>Zero point of the values.</summary>
    public required int ValueZeroPoint { get; init; }

    /// <summary>Query scale * key scale / sqrt(P) / score scale.</summary>
    public required FixedMultiplier ScoreMultiplier { get; init; }

    /// <summary>Zero point of the scores.</summary>
    public required int ScoreZeroPoint { get; init; }

    /// <summary>Value scale / 256 / output scale.</summary>
    public required FixedMultiplier ContextMultiplier { get; init; }

    /// <summary>Which tokens a token sees.</summary>
    public required AttentionReach Reach { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Attention;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants, Exponentials];

    /// <summary>
    /// Queries, keys, transposed values and one row of scores of one head, each rounded up to 16 bytes; in a stream the queries of
    /// all heads for one token, and scores of the tokens remembered.
    /// </summary>
    public override int ScratchBytes => State is null
        ? 3 * Alignment.RoundUp(Input.Rows * HeadColumns) + Alignment.RoundUp(Input.Rows)
        : Alignment.RoundUp(Heads * HeadColumns) + Alignment.RoundUp(Reach.Before + 1);

    /// <inheritdoc/>
    public override long MultiplyAccumulates =>
        (long)Input.Rows * Weights.Count + 2L * Heads * HeadColumns * Pairs;

    /// <summary>Pairs of a token and one it sees; a stream that has run for a while sees all it remembers.</summary>
    private long Pairs => State is null ? Reach.Pairs(Input.Rows) : (long)Input.Rows * (Reach.Before + 1);
}
