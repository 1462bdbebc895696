using CsCheck;

namespace NanoFormer.Emulator.Tests;

public class ResamplerTests
{
    [Fact]
    public void It_equals_interpolation_in_double_precision_to_half_a_step() => Gen.Select(
        Gen.Short.Array[60], Gen.Long[4_000_000, 40_000_000], Gen.Long[4_000_000, 40_000_000], Gen.Int[1, 200_000]).Sample(
        (input, inputPeriod, outputPeriod, factor) =>
        {
            var resampler = new Resampler([0], [factor]);
            resampler.SetPeriods(inputPeriod, outputPeriod);
            var output = Run(resampler, input, 1);
            Assert.Equal(1 + (int)Math.Floor((input.Length - 1.0) * inputPeriod / outputPeriod), output.Count, 1.0);
            for (int i = 0; i < output.Count; i++)
            {
                // Half a step of rounding, and the ratio's own rounding to 24 bits, which adds up from output to output.
                double drift = i * Math.Pow(2, -25) * 65535 * factor / 65536;
                double error = output[i][0] - Expected(input, i * (double)outputPeriod / inputPeriod, factor);
                Assert.InRange(Math.Abs(error), 0, 0.501 + drift);
            }
        });

    [Fact]
    public void Equal_periods_and_a_factor_of_one_change_nothing() => Gen.Short.Array[6, 60].Sample(input =>
    {
        short[] whole = input.Take(input.Length / 6 * 6).ToArray();
        var resampler = new Resampler([0, 1, 2, 3, 4, 5], Enumerable.Repeat(1 << Resampler.FactorBits, 6).ToArray());
        Assert.Equal(whole, Run(resampler, whole, 6).SelectMany(s => s));
    });

    [Fact]
    public void Channels_are_picked_and_scaled_each_on_its_own_and_saturate()
    {
        var resampler = new Resampler([3, 0], [2 << Resampler.FactorBits, 1 << (Resampler.FactorBits - 1)]);
        short[] input = [-7, 0, 0, 20_000, 0, 0, 100, 0, 0, -20_000, 0, 0];
        var output = Run(resampler, input, 6);
        Assert.Equal([short.MaxValue, -3], output[0][..2]); // -3.5 rounds up
        Assert.Equal([short.MinValue, 50], output[1][..2]);
    }

    [Fact]
    public void After_a_restart_the_past_is_forgotten()
    {
        var resampler = new Resampler([0], [1 << Resampler.FactorBits]);
        resampler.SetPeriods(2, 3);
        Run(resampler, [1000, 2000, 3000, 4000], 1);
        resampler.Restart();
        Assert.Equal([-5], Run(resampler, [-5], 1)[0]);
    }

    [Theory]
    [InlineData(10_000_000, 1_000_000_000_000)] // 100 Hz to 1 mHz
    [InlineData(10_000_000, 549_755_813_889)]
    public void The_slowest_rates_do_not_overflow(long inputPeriod, long outputPeriod)
    {
        var slow = new Resampler([0], [1 << Resampler.FactorBits]);
        slow.SetPeriods(inputPeriod, outputPeriod);
        double ratio = (double)outputPeriod / inputPeriod;
        int outputs = 0;
        short[] output = new short[1];
        for (int i = 0; i < 250_000; i++)
        {
            slow.Push([(short)(i % 1000)]);
            outputs += slow.TryPull(output) ? 1 : 0;
        }

        Assert.Equal(1 + (int)Math.Floor(249_999 / ratio), outputs);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1L << 39, 1)]
    [InlineData(1L << 38, 1)]
    [InlineData(1, 1L << 40)]
    public void Impossible_ratios_are_refused(long inputPeriod, long outputPeriod) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Resampler([0], [1]).SetPeriods(inputPeriod, outputPeriod));

    private static List<short[]> Run(Resampler resampler, short[] input, int channels)
    {
        var outputs = new List<short[]>();
        short[] output = new short[channels];
        for (int offset = 0; offset < input.Length; offset += channels)
        {
            resampler.Push(input[offset..]);
            while (resampler.TryPull(output))
            {
                outputs.Add((short[])output.Clone());
            }
        }

        return outputs;
    }

    // Piecewise linear, the clamp before and after the last input only guarding the index.
    private static double Expected(short[] input, double position, int factor)
    {
        int left = Math.Clamp((int)Math.Floor(position), 0, input.Length - 2);
        double value = input[left] + ((input[left + 1] - (double)input[left]) * (position - left));
        return Math.Clamp(value * factor / 65536, short.MinValue, short.MaxValue);
    }
}
