namespace NanoFormer.Model;

/// <summary>
/// Attention with the feature map ReLU in place of the softmax, without the output projection: int8 <c>[S][D]</c> to int8
/// <c>[S][H * P]</c>, at most 8192 rows.
/// </summary>
public sealed record LinearAttention : Operator
{
    /// <summary>int8 <c>[3 * H * P][D]</c>: the rows of queries, keys and values, each head by head.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][3 * H * P]</c>: folded bias, multiplier and shift of each weight row.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>Number of heads, H.</summary>
    public required int Heads { get; init; }

    /// <summary>Columns of a head, P, at most 256.</summary>
    public required int HeadColumns { get; init; }

    /// <summary>Zero point of the queries, and their lower limit.</summary>
    public required int QueryZeroPoint { get; init; }

    /// <summary>Zero point of the keys, and their lower limit.</summary>
    public required int KeyZeroPoint { get; init; }

    /// <summary>Zero point of the values.</summary>
    public required int ValueZeroPoint { get; init; }

    /// <summary>Value scale / (2^12 * output scale).</summary>
    public required FixedMultiplier Multiplier { get; init; }

    /// <summary>Whether a token sees only itself and those before it.</summary>
    public required bool IsCausal { get; init; }

    /// <summary>With every token the sums lose 1 / 2^decay of what they hold; 0: nothing. 0 unless causal.</summary>
    public required int Decay { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.LinearAttention;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants];

    /// <summary>
    /// Queries, keys, values and sums of one head, each rounded up to 16 bytes; in a stream those of one token, and no sums.
    /// </summary>
    public override int ScratchBytes => State is null
        ? 3 * Alignment.RoundUp(Input.Rows * HeadColumns) + Alignment.RoundUp(4 * HeadColumns * (HeadColumns + 1))
        : 3 * Alignment.RoundUp(HeadColumns);

    /// <inheritdoc/>
    public override long MultiplyAccumulates =>
        (long)Input.Rows * Weights.Count + 2L * Heads * Input.Rows * HeadColumns * (HeadColumns + 1);
}
