namespace NanoFormer.Cli.Tests.Firmware;

public class LogChecksumTests
{
    /// <summary>The check values of the catalogue of parametrised CRC algorithms and of LOG-FORMAT.md's example.</summary>
    [Fact]
    public void Check_values_of_the_format()
    {
        Assert.Equal(0x29B1, LogChecksum.Of("123456789"));
        Assert.True(LogChecksum.IsRight(ExampleOfTheFormat()));
    }

    private static string ExampleOfTheFormat()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "firmware", "LOG-FORMAT.md"));
        return page.Split('\n').First(line => line.StartsWith("nf1 ", StringComparison.Ordinal)).Trim();
    }
}
