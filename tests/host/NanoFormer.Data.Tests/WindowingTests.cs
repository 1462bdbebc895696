using CsCheck;

namespace NanoFormer.Data.Tests;

public sealed class WindowingTests
{
    private static readonly string[] Classes = ["A", "B"];

    [Fact]
    public void Windows_never_span_labels_gaps_or_recordings()
    {
        var recording = Gen.Int[-1, 2].Array[0, 60].Select(labels => new Recording
        {
            Name = "r",
            RateHz = 10,
            Channels = [new ChannelInfo("x", "g", 1)],
            Samples = [.. labels.Select((label, i) => (short)(100 * i + label))],
            Labels = labels,
            ClassNames = ["B", "A", "OTHER"],
        });

        Gen.Select(recording.List[1, 4], Gen.Int[1, 6], Gen.Int[1, 4]).Sample((recordings, size, hop) =>
        {
            var windows = Windowing.Cut(recordings, Classes, size, hop);
            for (int i = 0; i < windows.Count; i++)
            {
                short[] window = windows.Window(i).ToArray();
                bool consecutive = window.Zip(window.Skip(1)).All(pair => pair.Second - pair.First == 100);
                int label = windows.Labels[i] == 0 ? 1 : 0; // A is label 1 of the recordings, B is label 0
                Assert.True(consecutive);
                Assert.All(window, value => Assert.Equal(label, (value % 100 + 100) % 100));
            }
        });
    }

    [Fact]
    public void Windows_start_at_the_segment_and_advance_by_the_hop()
    {
        var recording = new Recording
        {
            Name = "r",
            Subject = "s",
            RateHz = 10,
            Channels = [new ChannelInfo("x", "g", 1), new ChannelInfo("y", "g", 1)],
            Samples = [.. Enumerable.Range(0, 20).Select(i => (short)i)],
            Labels = [-1, -1, 0, 0, 0, 0, 0, 0, 1, 1],
            ClassNames = Classes,
        };

        var windows = Windowing.Cut([recording], Classes, windowSamples: 3, hopSamples: 2);

        Assert.Equal([0, 0], windows.Labels);
        Assert.Equal(["s", "s"], windows.Subjects);
        Assert.Equal([4, 5, 6, 7, 8, 9], windows.Window(0).ToArray());
        Assert.Equal([8, 9, 10, 11, 12, 13], windows.Window(1).ToArray());
    }

    [Fact]
    public void Recordings_of_different_kinds_do_not_mix()
    {
        Recording At(double rate) => new() { Name = "r", RateHz = rate, Channels = [new ChannelInfo("x", "g", 1)], Samples = [1] };

        Assert.Equal(DataError.Incompatible, Assert.Throws<DataException>(() => Windowing.Cut([At(50), At(100)], Classes, 1, 1)).Error);
        Assert.Equal(DataError.Incompatible, Assert.Throws<DataException>(() => Windowing.Cut([], Classes, 1, 1)).Error);
    }

    [Fact]
    public void A_split_by_subject_keeps_every_window_once()
    {
        using var fixture = PackedFixture.Windows();
        var set = PackedDataset.Open(fixture.Folder).ReadWindows("train");

        var (kept, held) = set.SplitBySubject(["8"]);

        Assert.Equal(["7"], kept.Subjects);
        Assert.Equal(["8"], held.Subjects);
        Assert.Equal([5, 6, 7, 8], held.Samples);
        Assert.Equal(set.Samples, kept.Concat(held).Samples);
    }
}
