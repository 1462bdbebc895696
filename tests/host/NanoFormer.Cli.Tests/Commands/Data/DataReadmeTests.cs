using System.Text.RegularExpressions;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Tests.Commands.Data;

/// <summary>The page that leads from a folder of CSV files to a flashed model keeps its word.</summary>
public sealed partial class DataReadmeTests
{
    private const string Source = "walks";
    private const string Results = "build/walks";

    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "tools", "NanoFormer.Data", "README.md"));

    [Fact]
    public void Every_command_of_the_page_works()
    {
        using var folder = new TemporaryFolder();
        string source = WalkFolder.Write(folder);
        Directory.CreateDirectory(folder.PathOf("results"));
        File.WriteAllText(folder.PathOf("results/train.json"), Configuration());
        File.WriteAllBytes(folder.PathOf("results/Wearable.bin"), [.. "NFMRK1\0\0"u8, .. new byte[64]]);
        string[] commands = [.. Page.Split('\n').Select(line => line.Trim()).Where(IsWalked)];

        Assert.Equal(16, commands.Length);
        foreach (string command in commands)
        {
            CommandLine.Succeed(command.Split(' ').Skip(1).Select(word => word.Trim('\'')).Select(word =>
                word == Source ? source : word.Replace(Results, folder.PathOf("results"), StringComparison.Ordinal)).Concat(Shortened(command)));
        }

        Assert.Equal(12, Directory.GetFiles(folder.PathOf("results/plots"), "*.svg").Length);
        Assert.Contains("<svg", File.ReadAllText(folder.PathOf("results/report.html")), StringComparison.Ordinal);
        Assert.Equal( // through Edge Impulse's format and back, not a bit is lost
            File.ReadAllBytes(folder.PathOf("results/parted/signal.i16.gz")),
            File.ReadAllBytes(folder.PathOf("results/from-edge-impulse/signal.i16.gz")));
    }

    [Fact]
    public void The_configuration_of_the_page_is_valid() => Assert.Equal(Source, TrainingConfig.Parse(Configuration()).Name);

    private static string Configuration() => Example().Matches(Page).Select(match => match.Groups[1].Value)
        .First(text => text.Contains("\"architecture\"", StringComparison.Ordinal));

    private static bool IsWalked(string line) => line.StartsWith("./run ", StringComparison.Ordinal);

    /// <summary>A test need not wait for a good model.</summary>
    private static string[] Shortened(string command) =>
        command.StartsWith("./run train ", StringComparison.Ordinal) ? ["--epochs", "2"] : [];

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
