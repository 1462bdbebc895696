namespace NanoFormer.Model;

/// <summary>The integer arithmetic of NUMERICS.md, sections 2 and 3.5. 32-bit sums and left shifts wrap.</summary>
public static class FixedPoint
{
    /// <summary>Fractional bits of the argument of <see cref="ExpQ31"/>: Q5.26.</summary>
    public const int ExponentFractionBits = 26;

    private const int ExpOfMinusOneEighth = 1895147668;
    private const int OneThird = 715827883;
    private const int FortyEightSeventeenths = 1515870810;
    private const int MinusThirtyTwoSeventeenths = -1010580540;

    /// <summary>exp(-2^(bit - 26)) in Q0.31 for bits 24..30.</summary>
    private static readonly int[] ExpFactors = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

    /// <summary>The high half of twice the product, rounded: <c>floor((a * b + 2^30) / 2^31)</c>.</summary>
    public static int HighMultiply(int a, int b)
    {
        if (a == int.MinValue && b == int.MinValue)
        {
            return int.MaxValue;
        }

        return (int)(((long)a * b + (1L << 30)) >> 31);
    }

    /// <summary><c>x / 2^n</c> rounded to nearest, halves away from zero; n in 0..31.</summary>
    public static int RoundShift(int x, int n)
    {
        int mask = (int)((1L << n) - 1);
        int remainder = x & mask;
        int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
        return (x >> n) + (remainder > threshold ? 1 : 0);
    }

    /// <summary>Multiplies by a fixed-point factor, rounding twice.</summary>
    public static int Requantize(int x, FixedMultiplier factor) =>
        RoundShift(HighMultiply(x << Math.Max(factor.Shift, 0), factor.Mantissa), Math.Max(-factor.Shift, 0));

    /// <summary>Adds the zero point (wrapping) and clamps to an int8 range.</summary>
    public static sbyte Store(int x, int zeroPoint, ClampRange clamp) =>
        (sbyte)Math.Min(Math.Max(x + zeroPoint, clamp.Low), clamp.High);

    /// <summary>The exponential of a non-positive Q5.26 number, in Q0.31.</summary>
    public static int ExpQ31(int a)
    {
        if (a == 0)
        {
            return int.MaxValue;
        }

        int moduloQuarter = (a & ((1 << 24) - 1)) - (1 << 24);
        int quarters = moduloQuarter - a;
        int y = ExpNearMinusOneEighth((moduloQuarter << 5) + (1 << 28));
        for (int i = 0; i < ExpFactors.Length; i++)
        {
            if ((quarters & (1 << (24 + i))) != 0)
            {
                y = HighMultiply(y, ExpFactors[i]);
            }
        }

        return y;
    }

    /// <summary><c>1 / (1 + a)</c> in Q0.31 for a in [0, 1) as Q0.31, by three Newton steps.</summary>
    public static int OneOverOnePlus(int a)
    {
        int half = (int)((a + (1L << 31)) / 2);
        int x = FortyEightSeventeenths + HighMultiply(half, MinusThirtyTwoSeventeenths);
        for (int i = 0; i < 3; i++)
        {
            x += SaturatingShift(HighMultiply(x, (1 << 29) - HighMultiply(half, x)), 2);
        }

        return SaturatingShift(x, 1);
    }

    /// <summary>The exponential of <c>x - 1/8</c>, x in Q0.31 within 1/8 of zero, by its Taylor polynomial of degree four.</summary>
    private static int ExpNearMinusOneEighth(int x)
    {
        int x2 = HighMultiply(x, x);
        int x3 = HighMultiply(x2, x);
        int x4 = HighMultiply(x2, x2);
        int cubicAndQuartic = HighMultiply(RoundShift(x4, 2) + x3, OneThird);
        int polynomial = x + RoundShift(cubicAndQuartic + x2, 1);
        return ExpOfMinusOneEighth + HighMultiply(ExpOfMinusOneEighth, polynomial);
    }

    private static int SaturatingShift(int value, int bits) =>
        (int)Math.Clamp((long)value << bits, int.MinValue, int.MaxValue);
}
