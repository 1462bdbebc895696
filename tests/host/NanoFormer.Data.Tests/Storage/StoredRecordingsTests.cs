using System.Text.Json.Nodes;
using CsCheck;
using NanoFormer.Data.Storage;

namespace NanoFormer.Data.Tests.Storage;

public sealed class StoredRecordingsTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        RandomRecordings.Sets.Sample(recordings =>
        {
            using var folder = new TemporaryFolder();
            DatasetWriter.WriteRecordings(folder.Name, "random", recordings);
            var dataset = PackedDataset.Open(folder.Name);

            Assert.Equal("random", dataset.Name);
            Assert.False(dataset.HasWindows);
            RandomRecordings.AssertEqual(recordings, dataset.ReadRecordings());
        }, iter: 50);
    }

    [Fact]
    public void The_same_recordings_give_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        DatasetWriter.WriteRecordings(first.Name, "x", [Recording()]);
        DatasetWriter.WriteRecordings(second.Name, "x", [Recording()]);

        Assert.Equal(File.ReadAllBytes(first.PathOf("header.json")), File.ReadAllBytes(second.PathOf("header.json")));
        Assert.Equal(File.ReadAllBytes(first.PathOf("signal.i16.gz")), File.ReadAllBytes(second.PathOf("signal.i16.gz")));
    }

    [Theory]
    [InlineData("start", 3)]
    [InlineData("start", -1)]
    [InlineData("start", int.MaxValue)]
    [InlineData("samples", 0)]
    [InlineData("samples", int.MaxValue)]
    public void A_label_span_outside_its_recording_is_refused(string field, int value)
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.WriteRecordings(folder.Name, "x", [Recording()]);
        Edit(folder, header => header["recordings"]![0]!["labels"]![0]![field] = value);

        Assert.Equal(DataError.BadHeader, Assert.Throws<DataException>(() => PackedDataset.Open(folder.Name).ReadRecordings()).Error);
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused()
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.WriteRecordings(folder.Name, "x", [Recording()]);
        Edit(folder, header => header["labels"] = new JsonArray("OTHER"));

        Assert.Equal(DataError.BadHeader, Assert.Throws<DataException>(() => PackedDataset.Open(folder.Name).ReadRecordings()).Error);
    }

    [Fact]
    public void Damaged_files_are_refused_by_name_or_read_in_full()
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.WriteRecordings(folder.Name, "x", [Recording()]);
        byte[] header = File.ReadAllBytes(folder.PathOf("header.json"));
        Gen.Select(Gen.Int[0, header.Length - 1], Gen.Byte).Sample((place, value) =>
        {
            byte[] damaged = (byte[])header.Clone();
            damaged[place] = value;
            File.WriteAllBytes(folder.PathOf("header.json"), damaged);
            try
            {
                Assert.Equal(4, Assert.Single(PackedDataset.Open(folder.Name).ReadRecordings()).SampleCount);
            }
            catch (DataException)
            {
                // a named refusal: anything else fails the test
            }
        }, iter: 2000, threads: 1);
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("thesis.txt", "irreplaceable");

        Assert.Equal(DataError.FolderNotEmpty, Assert.Throws<DataException>(() => DatasetWriter.WriteRecordings(folder.Name, "x", [Recording()], replace: true)).Error);
        Assert.True(File.Exists(folder.PathOf("thesis.txt")));
    }

    [Fact]
    public void A_data_set_is_replaced_only_when_asked()
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.WriteRecordings(folder.Name, "x", [Recording()]);

        Assert.Throws<DataException>(() => DatasetWriter.WriteRecordings(folder.Name, "y", [Recording()]));
        DatasetWriter.WriteRecordings(folder.Name, "y", [Recording()], replace: true);
        Assert.Equal("y", PackedDataset.Open(folder.Name).Name);
    }

    private static void Edit(TemporaryFolder folder, Action<JsonNode> change)
    {
        var header = JsonNode.Parse(File.ReadAllText(folder.PathOf("header.json")))!;
        change(header);
        File.WriteAllText(folder.PathOf("header.json"), header.ToJsonString());
    }

    private static Recording Recording() => new()
    {
        Name = "r",
        RateHz = 50,
        Channels = [new ChannelInfo("x", "g", 0.5)],
        Samples = [1, 2, 3, 4],
        Labels = [0, 0, -1, 0],
        ClassNames = ["WALK"],
    };
}
