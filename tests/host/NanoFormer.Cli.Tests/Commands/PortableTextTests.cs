using NanoFormer.Cli.Commands;

namespace NanoFormer.Cli.Tests.Commands;

public sealed class PortableTextTests
{
    [Theory]
    [InlineData("train", "train")]
    [InlineData("--seed", "--seed")]
    [InlineData("../shared/datasets/uci_har", "../shared/datasets/uci_har")]
    [InlineData("/home/ada/secret/walks.csv", "walks.csv")]
    [InlineData("/home/ada/secret/walks/", "walks")]
    [InlineData("--dataset=/home/ada/walks", "--dataset=walks")]
    [InlineData("two words", "'two words'")]
    [InlineData("architecture.blocks[0].heads=2", "architecture.blocks[0].heads=2")]
    public void Words_of_a_command_hold_no_full_path(string word, string expected) => Assert.Equal(expected, PortableText.Of(word));

    [Fact]
    public void A_path_below_the_current_folder_stays_whole() =>
        Assert.Equal("build/walks", PortableText.Of(Path.Combine(Environment.CurrentDirectory, "build/walks")));
}
