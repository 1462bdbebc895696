namespace NanoFormer.Model;

/// <summary>The exponentials <c>e(0), e(-1) .. e(-255)</c> of NUMERICS.md, section 3.5, for one softmax input scale.</summary>
public static class ExponentialTable
{
    /// <summary>Entries of a table.</summary>
    public const int Length = 256;

    /// <summary>The greatest scale a table can stand for; every greater one gives the same bytes.</summary>
    private const double MaxScale = int.MaxValue / (double)(1 << FixedPoint.ExponentFractionBits);

    /// <summary>The softmax input scale in fixed point, limited to what fits: below 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is less than 2^-26.</exception>
    public static FixedMultiplier ToFixedScale(double scale)
    {
        var result = FixedMultiplier.FromReal(Math.Min(scale, MaxScale));
        return IsValidScale(result)
            ? result
            : throw new ArgumentOutOfRangeException(nameof(scale), scale, "A softmax input scale must be at least 2^-26.");
    }

    /// <summary>Whether <c>scale * 2^26</c> is at least 1 and its shift lies in 0..31.</summary>
    public static bool IsValidScale(FixedMultiplier scale)
    {
        int shift = scale.Shift + FixedPoint.ExponentFractionBits;
        return shift is >= 0 and <= 31 && scale.Mantissa >= 1L << (31 - shift);
    }

    /// <summary>The int32 <c>[1][256]</c> tensor of a scale, which it carries as its own.</summary>
    public static ConstantTensor Create(FixedMultiplier scale) => ConstantTensor.FromInt32(1, Length, Compute(scale), scale);

    /// <summary>The 256 exponentials of a valid scale, in Q0.31.</summary>
    public static int[] Compute(FixedMultiplier scale)
    {
        int[] table = new int[Length];
        for (int i = 0; i < Length; i++)
        {
            table[i] = Exponential(-i, scale);
        }

        return table;
    }

    /// <summary><c>exp(scale * difference)</c> in Q0.31 for a difference in -255..0 and a valid scale.</summary>
    public static int Exponential(int difference, FixedMultiplier scale)
    {
        int shift = scale.Shift + FixedPoint.ExponentFractionBits;
        long smallestDifference = -((31L << FixedPoint.ExponentFractionBits) >> shift);
        return difference < smallestDifference
            ? 0
            : FixedPoint.ExpQ31(FixedPoint.HighMultiply(difference << shift, scale.Mantissa));
    }
}
