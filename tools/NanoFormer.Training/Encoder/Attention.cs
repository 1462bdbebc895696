using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>The shape arithmetic of multi-head self-attention, shared by the float and the folded network.</summary>
internal static class Attention
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

    /// <summary>Values weighted and the heads put side by side: <c>[B, S, H * P]</c>.</summary>
    public static Tensor Context(Tensor weights, Tensor values) => weights.matmul(values).transpose(1, 2).flatten(2);

    private static Tensor Heads(Tensor part, int heads) =>
        part.reshape(part.shape[0], part.shape[1], heads, -1).transpose(1, 2);
}
