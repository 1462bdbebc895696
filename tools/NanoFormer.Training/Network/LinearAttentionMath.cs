using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>Attention with features in place of the softmax.</summary>
internal static class LinearAttentionMath
{
    private const double SmallestDivisor = 1e-6;

    /// <summary>Features of queries and keys, and values, each <c>[B, H, S, P]</c>, to the same shape.</summary>
    public static Tensor Context(Tensor queries, Tensor keys, Tensor values, AttentionOptions options)
    {
        if (!options.Causal)
        {
            var products = keys.transpose(-2, -1).matmul(values);
            var sums = keys.sum([-2], keepdim: true);
            return queries.matmul(products) / queries.mul(sums).sum([-1], keepdim: true).clamp_min(SmallestDivisor);
        }

        var weights = queries.matmul(keys.transpose(-2, -1)) * Kept(queries.shape[^2], options.Decay);
        return weights.matmul(values) / weights.sum([-1], keepdim: true).clamp_min(SmallestDivisor);
    }

    /// <summary>What a token (row) still holds of those before it: <c>(1 - 2^-decay)</c> to the power of the distance.</summary>
    private static Tensor Kept(long tokens, int decay)
    {
        var index = arange(tokens, ScalarType.Float32);
        var behind = index.unsqueeze(1) - index.unsqueeze(0);
        double kept = decay == 0 ? 1.0 : 1 - Math.ScaleB(1, -decay);
        return tensor((float)kept).pow(behind.clamp_min(0)) * behind.ge(0);
    }
}
