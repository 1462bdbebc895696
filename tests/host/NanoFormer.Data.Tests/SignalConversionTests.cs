namespace NanoFormer.Data.Tests;

public sealed class SignalConversionTests
{
    [Fact]
    public void Steps_change_and_physical_values_stay()
    {
        var recording = Of([new ChannelInfo("acc", "g", 0.5), new ChannelInfo("w", "rad/s", 1)], 3, 20_000, -4, -20_000);

        var converted = SignalConversion.ToChannels(recording, [new ChannelInfo("a", "g", 0.25), new ChannelInfo("v", "rad/s", 0.5)]);

        Assert.Equal([6, short.MaxValue, -8, short.MinValue], converted.Samples);
        Assert.Equal("a", converted.Channels[0].Name);
    }

    [Fact]
    public void Other_units_are_refused()
    {
        var recording = Of([new ChannelInfo("acc", "g", 1)], 1);

        var fault = Assert.Throws<DataException>(() => SignalConversion.ToChannels(recording, [new ChannelInfo("acc", "m/s2", 1)]));

        Assert.Equal(DataError.Incompatible, fault.Error);
    }

    [Fact]
    public void The_slow_mean_goes_and_motion_stays()
    {
        const int samples = 3000;
        short[] values = Enumerable.Range(0, samples)
            .SelectMany(i => new[] { (short)500, (short)Math.Round(500 + 100 * Math.Sin(2 * Math.PI * 2 * i / 50)) }).ToArray();
        var recording = Of([new ChannelInfo("acc", "g", 1), new ChannelInfo("w", "rad/s", 1)], values);

        short[] result = SignalConversion.RemoveSlowMean(recording, "rad/s", 0.1).Samples;
        short[] gyro = result.Where((_, i) => i % 2 == 1).Skip(samples / 2).ToArray();

        Assert.All(result.Where((_, i) => i % 2 == 0), v => Assert.Equal((short)500, v));
        Assert.InRange(gyro.Average(v => v), -3, 3);
        Assert.InRange(gyro.Max(v => v), 90, 110);
    }

    private static Recording Of(ChannelInfo[] channels, params short[] samples) =>
        new() { Name = "r", RateHz = 50, Channels = channels, Samples = samples };
}
