using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Folds the input zero point of a case into its biases (NUMERICS.md, sections 3.2 and 3.9).</summary>
internal static class Folding
{
    /// <summary>For weights <c>[N][...]</c>, N being the number of biases.</summary>
    public static ConstantTensor FoldRows(int[] biases, sbyte[] weights, int inputZeroPoint, int[] mantissas, int[] shifts)
    {
        var sums = weights.Chunk(weights.Length / biases.Length).Select(row => row.Sum(weight => weight));
        return Fold(biases, sums, inputZeroPoint, mantissas, shifts);
    }

    /// <summary>For weights <c>[...][N]</c>, N being the number of biases.</summary>
    public static ConstantTensor FoldColumns(int[] biases, sbyte[] weights, int inputZeroPoint, int[] mantissas, int[] shifts)
    {
        var sums = biases.Select((_, column) => weights.Where((_, i) => i % biases.Length == column).Sum(weight => weight));
        return Fold(biases, sums, inputZeroPoint, mantissas, shifts);
    }

    private static ConstantTensor Fold(int[] biases, IEnumerable<int> weightSums, int inputZeroPoint, int[] mantissas, int[] shifts)
    {
        var folded = biases.Zip(weightSums, (bias, sum) => bias - inputZeroPoint * sum);
        var multipliers = mantissas.Zip(shifts, (mantissa, shift) => new FixedMultiplier(mantissa, shift));
        return ChannelConstants.Create(folded.ToArray(), multipliers.ToArray());
    }
}
