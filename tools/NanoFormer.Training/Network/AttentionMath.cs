using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>The shape arithmetic of multi-head self-attention.</summary>
internal static class AttentionMath
{
    /// <summary>Parts <c>[B, S, 3 * H * P]</c> into queries, keys and values <c>[B, H, S, P]</c>.</summary>
    public static (Tensor Queries, Tensor Keys, Tensor Values) Split(Tensor projected, int heads)
    {
        var parts = projected.chunk(3, dim: -1);
        return (Heads(parts[0], heads), Heads(parts[1], heads), Heads(parts[2], heads));
    }

    /// <summary>Dot products of queries and keys over the square root of P: <c>[B, H, S, S]</c>.</summary>
    public static Tensor Scores(Tensor queries, Tensor keys) =>
        queries.matmul(keys.transpose(-2, -1)) / Math.Sqrt(queries.shape[^1]);

    /// <summary>The softmax of the scores of what each token sees; 0 for the rest.</summary>
    public static Tensor Weights(Tensor scores, AttentionReach reach)
    {
        long tokens = scores.shape[^1];
        return Math.Min(reach.Before, reach.After) >= tokens - 1
            ? scores.softmax(-1)
            : scores.masked_fill(Unseen(tokens, reach), double.NegativeInfinity).softmax(-1);
    }

    /// <summary>The heads <c>[B, H, S, P]</c> side by side: <c>[B, S, H * P]</c>.</summary>
    public static Tensor Join(Tensor heads) => heads.transpose(1, 2).flatten(2);

    /// <summary>Whether a token (row) does not see another (column).</summary>
    public static Tensor Unseen(long tokens, AttentionReach reach)
    {
        var index = arange(tokens);
        var ahead = index.unsqueeze(0) - index.unsqueeze(1);
        return ahead.gt(reach.After).logical_or(ahead.lt(-reach.Before));
    }

    private static Tensor Heads(Tensor part, int heads) =>
        part.reshape(part.shape[0], part.shape[1], heads, -1).transpose(1, 2);
}
