using NanoFormer.Data;
using NanoFormer.Data.Preparation;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

public sealed class InstallationRefusalTests
{
    private static readonly InstallationOptions Fitting = new() { BaselineSamples = 40, BlockSamples = 4 };

    [Fact]
    public void What_fits_is_cut()
    {
        var windows = Cut(Fitting);

        Assert.Equal((25 - 10, 10 - 2), (windows.Test.Count, windows.Baselines.Count));
        Assert.Equal(60, windows.Test.Spoken!.Sum(labels => labels.Length));
    }

    [Fact]
    public void What_does_not_fit_the_recordings_is_refused_by_name()
    {
        Assert.Contains("smallestSpreads", Refusal(Fitting with { SmallestSpreads = [1, 2] }), StringComparison.Ordinal);
        Assert.Contains("normalRecordings", Refusal(Fitting with { NormalRecordings = ["another"] }), StringComparison.Ordinal);
        Assert.Contains("baselineSamples", Refusal(Fitting with { BaselineSamples = 10, BlockSamples = 5 }), StringComparison.Ordinal);
    }

    private static string Refusal(InstallationOptions installation)
    {
        var fault = Assert.Throws<ConfigException>(() => Cut(installation));
        Assert.Equal(ConfigError.Mismatch, fault.Error);
        return fault.Message;
    }

    private static InstallationWindows Cut(InstallationOptions installation) => InstallationWindows.Cut(
        [
            new Recording
            {
                Name = "machine",
                RateHz = 1,
                Channels = [new ChannelInfo("pressure", "bar", 0.01)],
                Samples = [.. Enumerable.Range(0, 100).Select(i => (short)(i % 10))],
                Labels = [.. Enumerable.Range(0, 100).Select(i => i < 70 ? 0 : 1)],
                ClassNames = ["NORMAL", "ANOMALY"],
            },
        ],
        new RecordingDataOptions { WindowSamples = 3 },
        installation);
}
