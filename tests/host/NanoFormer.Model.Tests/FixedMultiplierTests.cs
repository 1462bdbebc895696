using System.Numerics;
using CsCheck;

namespace NanoFormer.Model.Tests;

public sealed class FixedMultiplierTests
{
    private static readonly Gen<double> GenFactor = Gen.Select(Gen.Double[0.5, 1], Gen.Int[-31, 29], Math.ScaleB);

    [Fact]
    public void FromReal_gives_a_normalized_mantissa_within_half_a_step() => GenFactor.Sample(factor =>
    {
        var multiplier = FixedMultiplier.FromReal(factor);
        double halfStep = Math.ScaleB(0.5, multiplier.Shift - 31);
        return multiplier.Mantissa >= 1 << 30 && multiplier.IsComputable && Math.Abs(multiplier.ToReal() - factor) <= halfStep;
    });

    [Fact]
    public void FromReal_gives_back_every_normalized_multiplier() =>
        Gen.Select(Gen.Int[1 << 30, int.MaxValue], Gen.Int[-31, 30]).Sample((mantissa, shift) =>
        {
            var multiplier = new FixedMultiplier(mantissa, shift);
            return FixedMultiplier.FromReal(multiplier.ToReal()) == multiplier;
        });

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(1.0, 1 << 30, 1)]
    [InlineData(0.5, 1 << 30, 0)]
    [InlineData(1.0 / (1L << 32), 1 << 30, -31)]
    [InlineData(0.999 / (1L << 32), 0, 0)]
    [InlineData(536870912.0, 1 << 30, 30)]
    public void FromReal_of_known_factors(double factor, int mantissa, int shift) =>
        Assert.Equal(new FixedMultiplier(mantissa, shift), FixedMultiplier.FromReal(factor));

    [Fact]
    public void FromReal_carries_a_mantissa_that_rounds_up_to_one() =>
        Assert.Equal(new FixedMultiplier(1 << 30, 1), FixedMultiplier.FromReal(Math.BitDecrement(1.0)));

    [Fact]
    public void FromReal_rounds_halves_away_from_zero() =>
        Assert.Equal((1 << 30) + 1, FixedMultiplier.FromReal(((1L << 31) + 1) / (double)(1L << 32)).Mantissa);

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1073741824.0)]
    public void FromReal_refuses_what_it_cannot_hold(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedMultiplier.FromReal(factor));

    [Fact]
    public void Requantize_is_the_exact_product_rounded_twice() =>
        Gen.Select(Gen.Int, Gen.Int[0, int.MaxValue], Gen.Int[-31, 30]).Sample((value, mantissa, shift) =>
        {
            // A left shift keeps the low 32 bits; beyond that the arithmetic is exact except for its two roundings.
            BigInteger shifted = (int)((long)value << Math.Max(shift, 0));
            var high = DivideRounding(shifted * mantissa, 31, halvesUp: true);
            var expected = DivideRounding(high, Math.Max(-shift, 0), halvesUp: false);
            return FixedPoint.Requantize(value, new FixedMultiplier(mantissa, shift)) == expected;
        });

    [Fact]
    public void Requantize_is_within_one_step_of_the_real_product() =>
        Gen.Select(Gen.Int, GenFactor.Where(factor => factor < 0.9)).Sample((value, factor) =>
        {
            var multiplier = FixedMultiplier.FromReal(factor);
            double real = value * factor;
            return Math.Abs(FixedPoint.Requantize(value, multiplier) - real) <= 1.0 + Math.Abs(real) * 1e-9;
        });

    private static BigInteger DivideRounding(BigInteger value, int bits, bool halvesUp)
    {
        var divisor = BigInteger.One << bits;
        var twice = 2 * BigInteger.Abs(value) + divisor;
        var magnitude = twice / (2 * divisor);
        bool isHalf = (twice % (2 * divisor)).IsZero && bits > 0;
        if (value.Sign >= 0)
        {
            return magnitude;
        }

        return halvesUp && isHalf ? 1 - magnitude : -magnitude;
    }
}
