using System.Text.RegularExpressions;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>Names of classes that are kept as codes, from a file beside the recordings such as <c>activity_labels.txt</c>.</summary>
internal static partial class CodeBook
{
    private const int LongestFile = 1 << 16;
    private const int LongestCode = 3;
    private static readonly string[] Extensions = [".txt", ".csv", ".tsv", ".md", ".names"];

    /// <summary>The recordings with the names that a book tells; the same recordings where the classes are no codes, or no book has them all.</summary>
    public static IReadOnlyList<Recording> Apply(string path, IReadOnlyList<Recording> recordings, List<Choice> choices)
    {
        string[] codes = [.. recordings.SelectMany(recording => recording.ClassNames).Distinct()];
        if (codes.Length == 0 || !Array.TrueForAll(codes, IsCode) || Find(path, codes) is not var (names, file))
        {
            return recordings;
        }

        choices.Add(new Choice("names", string.Join(", ", codes.Take(12).Select(code => $"{code} is {names[code]}")) + (codes.Length > 12 ? " ..." : ""), Path.GetFileName(file)));
        return [.. recordings.Select(recording => recording.OfClasses([.. recording.ClassNames.Select(code => names[code])]))];
    }

    /// <summary>The first file that has a name of its own for every code.</summary>
    private static (Dictionary<string, string> Names, string File)? Find(string path, string[] codes)
    {
        string root = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (string file in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && new FileInfo(file).Length < LongestFile))
        {
            string[] lines = File.ReadAllLines(file);
            foreach (var pairs in new[] { lines.Select(CodeFirst), lines.Select(CodeLast) })
            {
                var names = pairs.OfType<(string Code, string Name)>().Where(pair => codes.Contains(pair.Code)).DistinctBy(pair => pair.Code)
                    .ToDictionary(pair => pair.Code, pair => pair.Name, StringComparer.Ordinal);
                if (names.Count == codes.Length && names.Values.Distinct(StringComparer.Ordinal).Count() == codes.Length)
                {
                    return (names, file);
                }
            }
        }

        return null;
    }

    private static bool IsCode(string name) => name.Length <= LongestCode && (name.All(char.IsAsciiDigit) || name.Length == 1);

    private static (string Code, string Name)? CodeFirst(string line) => Pair(CodeThenName().Match(line));

    private static (string Code, string Name)? CodeLast(string line) => Pair(NameThenCode().Match(line));

    private static (string Code, string Name)? Pair(Match match) => match.Success && LabelNames.Normalize(match.Groups["name"].Value) is { Length: > 1 } name
        ? (match.Groups["code"].Value, name)
        : null;

    // A name has a letter, few words, and no other separator: a row of a table is none.
    [GeneratedRegex("""^[\s\-*|"]*(?<code>\d{1,3}|[A-Za-z])"?(?:\s*[,;:=|.)\t]\s*|\s+-?\s*)"?(?<name>[A-Za-z][^,;:=|\t"]{0,39}?)[\s|"]*$""")]
    private static partial Regex CodeThenName();

    [GeneratedRegex("""^[\s\-*|"]*(?<name>[A-Za-z][^,;:=|\t"]{0,39}?)"?\s*[,;:=|\t]\s*"?(?<code>\d{1,3}|[A-Za-z])[\s|"]*$""")]
    private static partial Regex NameThenCode();
}
