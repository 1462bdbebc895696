using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Folds the input zero point of a case into its biases (NUMERICS.md, section 3.2).</summary>
internal static class Folding
{
    public static ConstantTensor Fold(int[] biases, sbyte[] weights, int inputZeroPoint, int[] mantissas, int[] shifts)
    {
        int inputs = weights.Length / biases.Length;
        IEnumerable<int> folded = biases.Select((bias, row) => bias - inputZeroPoint * weights.Skip(row * inputs).Take(inputs).Sum(w => w));
        IEnumerable<FixedMultiplier> multipliers = mantissas.Zip(shifts, (mantissa, shift) => new FixedMultiplier(mantissa, shift));
        return ChannelConstants.Create(folded.ToArray(), multipliers.ToArray());
    }
}
