using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>A recording that is parted in time: no sample is in both parts, and a stretch between them is in neither.</summary>
public sealed class RecordingSplitTests
{
    [Theory]
    [InlineData(0.25, 0.1, 650)]
    [InlineData(0.25, 0, 750)]
    [InlineData(0.5, 0.5, 0)]
    public void Train_and_test_do_not_touch_in_time(double share, double gap, int train)
    {
        const int samples = 1000;
        var recording = new Recording
        {
            Name = "r",
            Subject = "only",
            RateHz = 50,
            Channels = [new ChannelInfo("time", "s", 1)],
            Samples = [.. Enumerable.Range(0, samples).Select(i => (short)i)],
            Labels = new int[samples],
            ClassNames = ["RARE"],
        };
        var options = new RecordingDataOptions
        {
            WindowSamples = 10,
            TimeSplit = new Dictionary<string, double> { ["RARE"] = share },
            TimeGap = gap,
        };

        var split = RecordingSplit.Of([recording], options);

        Assert.Equal(Enumerable.Range(0, train).Select(i => (short)i), Assert.Single(split.Train).Samples);
        int begin = (int)(samples * (1 - share));
        Assert.Equal(Enumerable.Range(begin, samples - begin).Select(i => (short)i), Assert.Single(split.Test).Samples);
    }
}
