using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Tests.Commands;

namespace NanoFormer.Cli.Tests.Evaluation;

public class CardCheckTests
{
    [Theory]
    [InlineData("wearable-har")]
    [InlineData("wearable-har-tiny")]
    public void Shipped_model_equals_every_result_on_its_card(string model)
    {
        Native.RequireHost();
        string datasets = Path.GetDirectoryName(Repository.RequireDataset("uci_har"))!;
        Repository.RequireDataset("hapt_raw");
        var checks = CardCheck.Run(Path.Combine(Repository.Root, "model-blobs", model), new DatasetFolders(datasets), EngineFactory.Host, quiet: true);

        Assert.Equal(["test", "raw"], checks.Select(check => check.Split));
        Assert.All(checks, check => Assert.True(check.EqualsCard));
    }

    [Fact]
    public void Models_without_their_data_are_skipped_by_name()
    {
        using var nothing = new TemporaryFolder();
        var run = CommandLine.Succeed("evaluate", "--all", "--datasets", nothing.Name);
        string skipped = $"skipped: wearable-har, test: the data set '{ShippedModel.Card().Data}' is not here";

        Assert.Contains(skipped, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_sets_are_found_by_the_name_in_their_header_or_else_of_their_folder()
    {
        using var folder = new TemporaryFolder();
        string packed = Directory.CreateDirectory(folder.PathOf("a")).FullName;
        string other = Directory.CreateDirectory(folder.PathOf("recordings")).FullName;
        using (var windows = WindowFolder.OfWearer())
        {
            File.Copy(windows.PathOf("header.json"), Path.Combine(packed, "header.json"));
        }

        var datasets = new DatasetFolders(folder.Name);

        Assert.Equal(packed, datasets.Find("windows of the synthetic wearer"));
        Assert.Equal(other, datasets.Find("recordings"));
        Assert.Null(datasets.Find("a"));
        Assert.Null(new DatasetFolders(folder.PathOf("missing")).Find("recordings"));
    }
}
