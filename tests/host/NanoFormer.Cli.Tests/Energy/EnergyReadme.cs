using System.Text.RegularExpressions;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary>The commands of the page "Energy per inference in an afternoon".</summary>
internal static partial class EnergyReadme
{
    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "tools", "NanoFormer.Energy", "README.md"));

    /// <summary>Those that begin with one of some words, each as its words.</summary>
    public static IEnumerable<string[]> Commands(params string[] first) =>
        from match in Command().Matches(Page)
        select Word().Matches(match.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal)).Select(word => word.Value.Trim('\'')).ToArray() into words
        where first.Contains(words[0])
        select words;

    /// <summary>The one command with a word in it, with other words in the place of some.</summary>
    public static string[] Command(string word, params (string From, string To)[] replaced)
    {
        string[] words = Assert.Single(Commands("energy", "benchmark-device", "dut"), words => words.Contains(word));
        Assert.All(replaced, pair => Assert.Contains(pair.From, words));
        return [.. words.Select(one => replaced.FirstOrDefault(pair => pair.From == one, (From: one, To: one)).To)];
    }

    [GeneratedRegex(@"^ *\./run ((?:.*\\\n)*.*?)(?:(?<=\S)   .*)?$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("'[^']*'|[^ \n]+")]
    private static partial Regex Word();
}
