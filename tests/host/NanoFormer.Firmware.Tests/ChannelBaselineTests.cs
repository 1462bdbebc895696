using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class ChannelBaselineTests
{
    [Fact]
    public void The_centre_is_the_median_and_the_deciles_make_the_spread()
    {
        // 1..100 in some order: median 50 (50.5 rounded down), deciles 11 and 90, so a spread is 79 / 2.56 = 30.86 raw steps.
        short[] samples = [.. Enumerable.Range(0, 100).Select(i => (short)(i * 37 % 100 + 1))];
        var baseline = new ChannelBaseline(samples, 100, 1, []);

        Assert.Equal(0, baseline.Normalize(0, 50));
        Assert.Equal(256, baseline.Normalize(0, 81), 5.0);
        Assert.Equal(-512, baseline.Normalize(0, -12), 5.0);
    }

    [Fact]
    public void Wild_samples_move_nothing()
    {
        short[] calm = [.. Enumerable.Range(0, 200).Select(i => (short)(1000 + i * 7 % 200))];
        short[] wild = (short[])calm.Clone();
        wild[7] = short.MaxValue;
        wild[90] = short.MinValue;

        double ratio = new ChannelBaseline(wild, 200, 1, []).Normalize(0, 1500) / (double)new ChannelBaseline(calm, 200, 1, []).Normalize(0, 1500);
        Assert.InRange(ratio, 0.98, 1.02);
    }

    [Fact]
    public void A_channel_that_never_moves_saturates_when_it_does()
    {
        var baseline = new ChannelBaseline(Enumerable.Repeat((short)-5, 20).ToArray(), 20, 1, []);

        Assert.Equal(0, baseline.Normalize(0, -5));
        Assert.Equal(655, baseline.Normalize(0, -4));
        Assert.Equal(short.MaxValue, baseline.Normalize(0, 5000));
        Assert.Equal(short.MinValue, baseline.Normalize(0, -5000));
    }

    [Fact]
    public void It_equals_a_baseline_in_double_precision()
    {
        var samples = Gen.Short.Array[60, 240].Select(values => values[..(values.Length / 3 * 3)]);
        samples.Sample(values =>
        {
            int count = values.Length / 3;
            var baseline = new ChannelBaseline(values, count, 3, []);
            for (int channel = 0; channel < 3; channel++)
            {
                double[] sorted = [.. Enumerable.Range(0, count).Select(i => (double)values[i * 3 + channel]).Order()];
                double centre = Math.Floor((sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
                double spread = Math.Max(sorted[count - 1 - count / 10] - sorted[count / 10], 1) / 2.56;
                foreach (short value in values.Take(9))
                {
                    double expected = Math.Clamp((value - centre) / spread * 256, short.MinValue, short.MaxValue);
                    Assert.Equal(expected, baseline.Normalize(channel, value), 1.0);
                }
            }
        });
    }

    [Fact]
    public void A_spread_is_as_large_as_asked_for_at_least()
    {
        short[] samples = [.. Enumerable.Range(0, 100).Select(i => (short)(i % 20))];

        Assert.Equal(256, new ChannelBaseline(samples, 100, 1, [50]).Normalize(0, 59), 1.0);
        Assert.Equal(new ChannelBaseline(samples, 100, 1, []).Normalize(0, 59), new ChannelBaseline(samples, 100, 1, [2]).Normalize(0, 59));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelBaseline(samples, 50, 2, [1]));
    }

    [Theory]
    [InlineData(9, 1, 9)]
    [InlineData(20, 1, 21)]
    [InlineData(20, 0, 10)]
    public void Too_few_samples_are_refused(int values, int channels, int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelBaseline(new short[values], count, channels, []));
    }
}
