using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;

namespace NanoFormer.Training.Tests;

/// <summary>The example configurations, and what their models cost.</summary>
public sealed class ExamplesTests : TorchTests
{
    private static readonly string Folder = Path.Combine(Repository.TrainerFolder, "Examples");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_fits_a_small_device(string file)
    {
        var config = TrainingConfig.Load(Path.Combine(Folder, file));

        var costs = ModelCosts.Of(config, WindowsOf(config));

        Assert.True(File.Exists(Path.Combine(Folder, config.Schema!)), $"no schema at {config.Schema}");
        Assert.InRange(costs.ImageBytes, 8 * 1024, 64 * 1024);
        Assert.InRange(costs.ArenaBytes, 512, 20 * 1024);
        Assert.InRange(costs.Macs, 100_000, 3_000_000);
    }

    [Fact]
    public void There_is_one_for_each_application() =>
        Assert.Equal(["drone.json", "industrial.json", "wearable.json"], Files.Select(row => row.Data).Order());

    /// <summary>One empty window of the kind that the configuration reads.</summary>
    private static WindowSet WindowsOf(TrainingConfig config)
    {
        var csv = config.Data.Csv!;
        string[] unknown = csv.UnknownClass is { } name ? [name] : [];
        return new WindowSet
        {
            WindowSamples = csv.WindowSamples,
            RateHz = csv.RateHz ?? csv.Columns.RateHz!.Value,
            Channels = [.. csv.Columns.Channels.Select(c => new ChannelInfo(c.Name, c.Unit, c.Scale ?? 1))],
            ClassNames = [.. csv.Classes, .. unknown],
            Samples = new short[csv.WindowSamples * csv.Columns.Channels.Count],
            Labels = [0],
            Subjects = ["1"],
        };
    }
}
