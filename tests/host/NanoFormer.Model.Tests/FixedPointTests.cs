using CsCheck;

namespace NanoFormer.Model.Tests;

public sealed class FixedPointTests
{
    [Fact]
    public void HighMultiply_of_the_one_product_that_does_not_fit_saturates() =>
        Assert.Equal(int.MaxValue, FixedPoint.HighMultiply(int.MinValue, int.MinValue));

    [Theory]
    [InlineData(5, 1, 3)]
    [InlineData(-5, 1, -3)]
    [InlineData(6, 2, 2)]
    [InlineData(-6, 2, -2)]
    [InlineData(-7, 0, -7)]
    [InlineData(int.MinValue, 31, -1)]
    [InlineData(int.MaxValue, 31, 1)]
    [InlineData(1 << 30, 31, 1)]
    [InlineData((1 << 30) - 1, 31, 0)]
    [InlineData(-(1 << 30), 31, -1)]
    public void RoundShift_rounds_halves_away_from_zero(int value, int bits, int expected) =>
        Assert.Equal(expected, FixedPoint.RoundShift(value, bits));

    [Fact]
    public void ExpQ31_is_the_exponential() => Gen.Int[-(31 << 26), 0].Sample(a =>
    {
        double real = Math.Exp(a / (double)(1 << 26));
        return Math.Abs(FixedPoint.ExpQ31(a) / 2147483648.0 - real) < 4e-7;
    });

    [Fact]
    public void OneOverOnePlus_is_the_reciprocal() => Gen.Int[0, int.MaxValue].Sample(a =>
    {
        double real = 1 / (1 + a / 2147483648.0);
        return Math.Abs(FixedPoint.OneOverOnePlus(a) / 2147483648.0 - real) < 1e-8;
    });

    [Fact]
    public void Exponentials_fall_from_one_for_every_scale() => Gen.Double[-26, 6].Sample(
        exponent =>
        {
            int[] table = ExponentialTable.Compute(ExponentialTable.ToFixedScale(Math.Pow(2, exponent)));
            bool falls = Enumerable.Range(1, table.Length - 1).All(i => table[i] <= table[i - 1] && table[i] >= 0);
            return table[0] == int.MaxValue && falls;
        },
        iter: 20_000);

    [Fact]
    public void Softmax_is_close_to_the_real_softmax() =>
        Gen.Select(Gen.SByte.Array[1, 511], Gen.Double[-12, 4]).Sample((input, exponent) =>
        {
            double scale = Math.Pow(2, exponent);
            sbyte[] output = new sbyte[input.Length];
            Softmax.Compute(input, input.Length, ExponentialTable.ToFixedScale(scale), output);

            double[] exponentials = [.. input.Select(value => Math.Exp(scale * (value - input.Max())))];
            double sum = exponentials.Sum();
            for (int i = 0; i < input.Length; i++)
            {
                // The greatest probability an int8 holds is 255/256.
                double expected = Math.Min(exponentials[i] / sum, 255.0 / 256);
                Assert.Equal(expected, (output[i] + 128) / 256.0, 0.51 / 256);
            }
        });

    [Fact]
    public void Softmax_scale_beyond_the_range_gives_the_bytes_of_the_greatest()
    {
        sbyte[] input = [3, 5, 5, -128];
        sbyte[] output = new sbyte[input.Length];
        Softmax.Compute(input, input.Length, ExponentialTable.ToFixedScale(1000), output);
        Assert.Equal([-128, 0, 0, -128], output);
    }
}
