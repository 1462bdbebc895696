using NanoFormer.Cli.Commands;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>What is written stays in the folder of <c>--out</c>, whoever made the name.</summary>
public sealed class OutputFileTests
{
    [Theory]
    [InlineData("../model.h")]
    [InlineData("/tmp/model.h")]
    [InlineData("sub/model.h")]
    [InlineData("..\\model.h")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_that_leaves_the_folder_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");

        Assert.Equal("BAD_NAME", Assert.Throws<CommandFailure>(() => OutputFile.Write(output, name, [1])).Name);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void A_plain_name_is_written_whole()
    {
        using var folder = new TemporaryFolder();

        var file = OutputFile.Write(folder.PathOf("out"), "model.h", [1, 2]);

        Assert.Equal([1, 2], File.ReadAllBytes(file.Path));
        Assert.Equal(2, file.Bytes);
        Assert.Equal([file.Path], Directory.GetFileSystemEntries(folder.PathOf("out")));
    }
}
