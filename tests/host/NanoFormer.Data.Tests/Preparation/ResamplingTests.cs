using CsCheck;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Tests.Preparation;

/// <summary>Against the sine and cosine that a band-limited signal must stay.</summary>
public sealed class ResamplingTests
{
    [Theory]
    [InlineData(100, 50, 5)]
    [InlineData(100, 50, 20)]
    [InlineData(50, 100, 20)]
    [InlineData(50, 62.5, 3)]
    [InlineData(119.88, 50, 7)]
    public void A_tone_below_half_of_both_rates_stays_what_it_was(double from, double to, double tone)
    {
        double[] output = Resampling.Run(Tone(from, tone, 4), from, to);

        foreach (var (i, value) in output.Index().Where(pair => pair.Index > to && pair.Index < 3 * to))
        {
            Assert.Equal(Math.Sin(2 * Math.PI * tone * i / to), value, 0.01);
        }
    }

    [Theory]
    [InlineData(100, 50, 30)]
    [InlineData(100, 25, 40)]
    [InlineData(200, 50, 26.5)]
    public void A_tone_above_half_of_the_new_rate_does_not_fold_back(double from, double to, double tone)
    {
        double[] output = Resampling.Run(Tone(from, tone, 4), from, to);

        Assert.All(output[(int)to..(int)(3 * to)], value => Assert.InRange(value, -0.01, 0.01)); // 40 dB down
    }

    [Fact]
    public void Levels_stay_exact_and_the_first_sample_in_its_place()
    {
        Gen.Select(Gen.Double[-100, 100], Gen.Double[10, 200], Gen.Double[10, 200], Gen.Int[1, 200]).Sample((level, from, to, count) =>
        {
            double[] output = Resampling.Run([.. Enumerable.Repeat(level, count)], from, to);

            Assert.All(output, value => Assert.Equal(level, value, 1e-9));
            Assert.InRange(((output.Length - 1) / to) - ((count - 1) / from), -1 / to, 1e-6);
        });
    }

    [Fact]
    public void Labels_go_with_the_nearest_sample_and_the_same_rate_changes_nothing()
    {
        var recording = new Recording
        {
            Name = "r",
            RateHz = 100,
            Channels = [new ChannelInfo("x", "g", 1)],
            Samples = [.. Enumerable.Repeat((short)7, 8)],
            Labels = [0, 0, 0, 0, 1, 1, -1, -1],
            ClassNames = ["A", "B"],
        };

        var half = Resampling.Run(recording, 50, out int clipped);

        Assert.Equal([0, 0, 1, -1], half.Labels!);
        Assert.Equal([7, 7, 7, 7], half.Samples);
        Assert.Equal(50, half.RateHz);
        Assert.Equal(0, clipped);
        Assert.Equal(recording.Samples, Resampling.Run(recording, 100, out _).Samples);
    }

    [Fact]
    public void Overshoot_beyond_int16_is_counted()
    {
        var recording = new Recording
        {
            Name = "r",
            RateHz = 50,
            Channels = [new ChannelInfo("x", "g", 1)],
            Samples = [.. Enumerable.Range(0, 100).Select(i => i / 10 % 2 == 0 ? short.MaxValue : short.MinValue)],
        };

        Resampling.Run(recording, 200, out int clipped);

        Assert.InRange(clipped, 1, 400);
    }

    private static double[] Tone(double rate, double tone, double seconds) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i => Math.Sin(2 * Math.PI * tone * i / rate))];
}
