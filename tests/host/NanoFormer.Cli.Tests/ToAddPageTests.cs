using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Cli.Tests;

/// <summary>The lists of tools/README.md, "To add ...": the files are there and hold what the page says.</summary>
public sealed partial class ToAddPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "tools", "README.md"));

    public static TheoryData<string> Sections => [.. Headings().Matches(Page).Select(match => match.Groups["title"].Value)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_files_hold_what_the_page_says(string title)
    {
        var heading = Headings().Matches(Page).Cast<Match>().Single(match => match.Groups["title"].Value == title);
        string section = Page[(heading.Index + heading.Length)..].Split("\n## ")[0];
        Match[] rows = [.. Rows().Matches(section).Cast<Match>()];
        Assert.Equal(int.Parse(heading.Groups["files"].Value, CultureInfo.InvariantCulture), rows.Length);
        Assert.All(rows, row =>
        {
            string path = Path.GetFullPath(Path.Combine(Repository.Root, "tools", row.Groups["link"].Value));
            Assert.Equal(Path.GetFullPath(Path.Combine(Repository.Root, row.Groups["file"].Value)), path);
            Assert.Contains(row.Groups["holds"].Value, File.ReadAllText(path), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void There_are_five_lists() => Assert.Equal(5, Headings().Count(Page));

    [Fact]
    public void The_runtime_names_no_sensor_chip()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "firmware", "Runtime"), "*.cs");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain("mpu6", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^## (?<title>[^:\n]+): (?<files>\d+) files[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^\| \[(?<file>[^\]]+)\]\((?<link>[^)]+)\) \| `(?<holds>.+?)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
