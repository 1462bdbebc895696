using System.Text.RegularExpressions;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Tests.Commands.Data;

/// <summary>The page that leads from a folder of CSV files to a training set keeps its word.</summary>
public sealed partial class DataReadmeTests
{
    private const string Source = "walks";
    private const string Results = "build/walks";

    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "tools", "NanoFormer.Data", "README.md"));

    [Fact]
    public void Every_data_command_of_the_page_works()
    {
        using var folder = new TemporaryFolder();
        string source = WalkFolder.Write(folder);
        string[] commands =
            [.. Page.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("./run data ", StringComparison.Ordinal))];

        Assert.Equal(10, commands.Length);
        foreach (string command in commands)
        {
            CommandLine.Succeed(command.Split(' ').Skip(1).Select(word => word.Trim('\'')).Select(word =>
                word == Source ? source : word.Replace(Results, folder.PathOf("results"), StringComparison.Ordinal)));
        }

        Assert.Equal(12, Directory.GetFiles(folder.PathOf("results/plots"), "*.svg").Length);
        Assert.Equal( // through Edge Impulse's format and back, not a bit is lost
            File.ReadAllBytes(folder.PathOf("results/parted/signal.i16.gz")),
            File.ReadAllBytes(folder.PathOf("results/from-edge-impulse/signal.i16.gz")));
    }

    [Fact]
    public void The_configuration_of_the_page_is_valid()
    {
        string json = Example().Matches(Page).Select(match => match.Groups[1].Value)
            .First(text => text.Contains("\"architecture\"", StringComparison.Ordinal));

        Assert.Equal(Source, TrainingConfig.Parse(json).Name);
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
