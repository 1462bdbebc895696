using System.Text.Json.Nodes;
using NanoFormer.Data.Storage;
using NanoFormer.Files;

namespace NanoFormer.Data.Tests.Storage;

/// <summary>Nothing of the user's is lost or half written, whatever a header says and whenever a writer stops.</summary>
public sealed class SafeFilesTests
{
    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.txt", "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Name));
        AtomicFile.WriteAllText(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Name));
    }

    [Fact]
    public void Replacing_a_set_deletes_only_what_its_header_names()
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.WriteRecordings(folder.Name, "old", [Recording()]);
        folder.Write("backup.gz", "mine");
        folder.Write("thesis.txt", "mine, too");
        Edit(folder, files => files["rows"] = new JsonObject { ["file"] = "rows.csv.gz", ["bytes_raw"] = 0, ["sha256_gz"] = "" });
        folder.Write("rows.csv.gz", "of the old set");

        DatasetWriter.WriteRecordings(folder.Name, "new", [Recording()], replace: true);

        Assert.Equal(["backup.gz", "header.json", "signal.i16.gz", "thesis.txt"],
            Directory.GetFiles(folder.Name).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("new", PackedDataset.Open(folder.Name).Name);
    }

    [Theory]
    [InlineData("../victim.gz")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("sub/file.gz")]
    [InlineData("C:\\victim.gz")]
    public void A_header_cannot_name_a_file_elsewhere(string name)
    {
        using var folder = new TemporaryFolder();
        string victim = folder.Write("victim.gz", "mine");
        string set = folder.PathOf("set");
        DatasetWriter.WriteRecordings(set, "old", [Recording()]);
        Edit(set, files => files["signal"]!["file"] = name);

        var fault = Assert.Throws<DataException>(() => PackedDataset.Open(set).ReadRecordings());
        Assert.Equal(DataError.BadHeader, fault.Error);
        DatasetWriter.WriteRecordings(set, "new", [Recording()], replace: true);
        Assert.True(File.Exists(victim));
    }

    [Fact]
    public void A_set_that_is_not_committed_leaves_the_folder_as_it_was()
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.WriteRecordings(folder.PathOf("set"), "old", [Recording()]);
        using (var writer = new RecordingsWriter(folder.PathOf("set"), "new", replace: true))
        {
            writer.Begin(Recording());
            writer.Add([9, 9], [0, 0]);
            writer.End();
        }

        using (new RecordingsWriter(folder.PathOf("other"), "new", replace: false))
        {
        }

        Assert.Equal([1, 2], Assert.Single(PackedDataset.Open(folder.PathOf("set")).ReadRecordings()).Samples);
        Assert.Equal(2, Directory.GetFiles(folder.PathOf("set")).Length);
        Assert.False(Directory.Exists(folder.PathOf("other")));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-WALK", "'-WALK")]
    [InlineData("+1,2", "\"'+1,2\"")]
    [InlineData("WALK", "WALK")]
    public void A_cell_is_no_formula_and_reads_back(string text, string cell)
    {
        Assert.Equal(cell, CsvText.Cell(text));
        Assert.Equal(text, CsvText.WithoutGuard(cell.Trim('"')).ToString());
    }

    private static void Edit(TemporaryFolder folder, Action<JsonNode> change) => Edit(folder.Name, change);

    private static void Edit(string folder, Action<JsonNode> change)
    {
        string path = Path.Combine(folder, "header.json");
        var header = JsonNode.Parse(File.ReadAllText(path))!;
        change(header["files"]!);
        File.WriteAllText(path, header.ToJsonString());
    }

    private static Recording Recording() => new()
    {
        Name = "r",
        RateHz = 50,
        Channels = [new ChannelInfo("x", "g", 0.5)],
        Samples = [1, 2],
        Labels = [0, 0],
        ClassNames = ["WALK"],
    };
}
