using CsCheck;
using NanoFormer.Data.Preparation;
using NanoFormer.Data.Storage;

namespace NanoFormer.Data.Tests.Preparation;

public sealed class MajorityWindowTests
{
    [Fact]
    public void Places_are_those_found_by_looking_at_every_one()
    {
        Gen.Select(Gen.Int[-1, 2].Array[0, 60], Gen.Int[1, 9], Gen.Int[1, 5], Gen.Double[0.51, 1]).Sample((labels, size, hop, share) =>
        {
            var options = new WindowingOptions { WindowSamples = size, HopSamples = hop, Majority = share };
            var cut = Windowing.Cut([Of(labels)], ["A", "B"], options);

            int[] places = Enumerable.Range(0, labels.Length).Where(start => start % hop == 0 && start + size <= labels.Length).ToArray();
            int Count(int start, int label) => labels.Skip(start).Take(size).Count(l => (l == 2 ? -1 : l) == label);
            int[] expected = places.Where(start => Count(start, 0) >= share * size || Count(start, 1) >= share * size).ToArray();
            Assert.Equal(expected, cut.Origins.Select(origin => origin.Start));
            Assert.All(cut.Windows.Labels.Zip(expected), pair => Assert.True(Count(pair.Second, pair.First) >= share * size));
            Assert.Equal(places.Count(start => Count(start, -1) >= share * size), cut.Unlabelled);
            Assert.Equal(places.Length, expected.Length + cut.Unlabelled + cut.Transitions);
        });
    }

    [Fact]
    public void Windows_are_written_with_their_origin_and_read_back()
    {
        using var folder = new TemporaryFolder();
        var options = new WindowingOptions { WindowSamples = 3, HopSamples = 2 };
        var train = Windowing.Cut([Of([0, 0, 0, 0, 0, 1, 1, 1])], ["A", "B"], options);
        var test = Windowing.Cut([Of([1, 1, 1])], ["A", "B"], options);
        DatasetWriter.WriteWindows(folder.Name, "set", new Dictionary<string, CutWindows> { ["train"] = train, ["test"] = test });

        var dataset = PackedDataset.Open(folder.Name);

        Assert.Equal(["train", "test"], dataset.WindowParts);
        Assert.Equal(train.Windows.Samples, dataset.ReadWindows("train").Samples);
        Assert.Equal([0, 0, 1], dataset.ReadWindows("train").Labels);
        Assert.Equal(["r, one"], dataset.ReadWindows("test").Subjects);
        Assert.Equal(test.Windows.Channels, dataset.ReadWindows("test").Channels);
    }

    [Fact]
    public void What_runs_leave_out_is_counted()
    {
        var options = new WindowingOptions { WindowSamples = 3, HopSamples = 1 };
        var cut = Windowing.Cut([Of([0, 0, 1, -1, -1, -1, 1, 1, 1])], ["A", "B"], options);

        Assert.Equal((1, 1, 2), (cut.Windows.Count, cut.Unlabelled, cut.TooShort));
    }

    private static Recording Of(int[] labels) => new()
    {
        Name = "r",
        Subject = "r, one",
        RateHz = 10,
        Channels = [new ChannelInfo("x", "g", 1)],
        Samples = [.. Enumerable.Range(0, labels.Length).Select(i => (short)i)],
        Labels = labels,
        ClassNames = ["A", "B", "OTHER"],
    };
}
