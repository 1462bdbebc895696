namespace NanoFormer.Data.Tests;

public sealed class PackedDatasetTests
{
    [Fact]
    public void Windows_come_with_their_labels_and_subjects()
    {
        using var fixture = PackedFixture.Windows();
        var dataset = PackedDataset.Open(fixture.Folder);

        var train = dataset.ReadWindows("train");
        var test = dataset.ReadWindows("test");

        Assert.True(dataset.HasWindows);
        Assert.Equal([1, 0], train.Labels);
        Assert.Equal(["7", "8"], train.Subjects);
        Assert.Equal([5, 6, 7, 8], train.Window(1).ToArray());
        Assert.Equal([-1, -2, -3, short.MinValue], test.Window(0).ToArray());
        Assert.Equal(["STILL", "MOVING"], test.ClassNames);
        Assert.Equal(new ChannelInfo("w", "rad/s", 0.25), test.Channels[1]);
    }

    [Fact]
    public void Recordings_come_with_a_label_for_each_sample()
    {
        using var fixture = PackedFixture.Recordings();

        var recordings = PackedDataset.Open(fixture.Folder).ReadRecordings();

        Assert.Equal([0, 0, 0, Recording.Unlabelled, 1, 1], recordings[0].Labels!);
        Assert.Equal([Recording.Unlabelled, 0, 0, 0], recordings[1].Labels!);
        Assert.Equal("2", recordings[1].Subject);
        Assert.Equal("test", recordings[1].Split);
        Assert.Equal((short)12, recordings[1].Samples[0]);
        Assert.Equal(4, recordings[1].SampleCount);
    }

    [Fact]
    public void A_changed_file_is_refused()
    {
        using var fixture = PackedFixture.Windows();
        byte[] bytes = File.ReadAllBytes(fixture.PathOf("train.gz"));
        bytes[^1] ^= 1;
        File.WriteAllBytes(fixture.PathOf("train.gz"), bytes);

        var fault = Assert.Throws<DataException>(() => PackedDataset.Open(fixture.Folder).ReadWindows("train"));

        Assert.Equal(DataError.ChecksumMismatch, fault.Error);
        Assert.Contains("train.gz", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_that_do_not_match_the_rows_are_refused()
    {
        using var fixture = PackedFixture.Windows();
        fixture.AddInt16("train", [1, 2, 3, 4]);
        fixture.WriteHeader(new { labels = new[] { "STILL", "MOVING" }, window_samples = 2 });

        Assert.Equal(DataError.WrongLength, Fault(() => PackedDataset.Open(fixture.Folder).ReadWindows("train")));
    }

    [Theory]
    [InlineData("row,split,label,subject\n0,train,5,7\n")]
    [InlineData("row,split,label,subject\n0,train,walking,7\n")]
    [InlineData("row,split,subject\n0,train,7\n")]
    public void Rows_that_make_no_sense_are_refused(string rows)
    {
        using var fixture = PackedFixture.Windows();
        fixture.AddText("rows", rows);
        fixture.WriteHeader(new { labels = new[] { "STILL", "MOVING" }, window_samples = 2 });

        Assert.Equal(DataError.BadField, Fault(() => PackedDataset.Open(fixture.Folder).ReadWindows("train")));
    }

    [Theory]
    [InlineData("3 1 4 1 7\n")]
    [InlineData("3 1 4 0 2\n")]
    [InlineData("3 1 6 1 2\n")]
    [InlineData("4 1 4 1 2\n")]
    [InlineData("3 1 4 1\n")]
    public void Segments_that_make_no_sense_are_refused(string labels)
    {
        using var fixture = PackedFixture.Recordings(labels);

        Assert.Equal(DataError.BadField, Fault(() => PackedDataset.Open(fixture.Folder).ReadRecordings()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_header_that_is_none_is_refused(string header)
    {
        using var fixture = PackedFixture.Windows();
        File.WriteAllText(fixture.PathOf("header.json"), header);

        Assert.Equal(DataError.BadHeader, Fault(() => PackedDataset.Open(fixture.Folder)));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var fault = Assert.Throws<DataException>(() => PackedDataset.Open("no-such-folder"));

        Assert.Equal(DataError.MissingFile, fault.Error);
        Assert.Contains("no-such-folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_uci_har_windows_have_the_published_counts()
    {
        var dataset = PackedDataset.Open(DatasetFolder.Require("uci_har"));

        var train = dataset.ReadWindows("train");
        var test = dataset.ReadWindows("test");

        Assert.Equal([1226, 1073, 986, 1286, 1374, 1407], Counts(train));
        Assert.Equal([496, 471, 420, 491, 532, 537], Counts(test));
        Assert.Equal(["10", "12", "13", "18", "2", "20", "24", "4", "9"], test.Subjects.Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(train.Subjects.Intersect(test.Subjects));
    }

    [Fact]
    public void The_hapt_recordings_have_the_published_size()
    {
        var recordings = PackedDataset.Open(DatasetFolder.Require("hapt_raw")).ReadRecordings();

        Assert.Equal(61, recordings.Count);
        Assert.Equal(1_122_772, recordings.Sum(r => r.SampleCount));
        Assert.Equal(30, recordings.Select(r => r.Subject).Distinct().Count());
        Assert.Equal("STANDING", recordings[0].ClassNames[recordings[0].Labels![249]]); // first line of the labels: 1 1 5 250 1232
        Assert.Equal(Recording.Unlabelled, recordings[0].Labels![248]);
    }

    private static int[] Counts(WindowSet set) => [.. Enumerable.Range(0, set.ClassNames.Count).Select(c => set.Labels.Count(l => l == c))];

    private static DataError Fault(Action action) => Assert.Throws<DataException>(action).Error;
}
