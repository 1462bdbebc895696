using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace NanoFormer.Corpus;

/// <summary>The kinds of records. The list is tests/native/corpus.h's: name, number, and who computes the expected outputs.</summary>
internal static partial class CorpusKinds
{
    private const string ResourceName = "corpus.h";

    private static readonly Match[] Rows = [.. Row().Matches(ReadHeader()).Cast<Match>()];

    private static readonly Dictionary<string, int> Numbers = Rows.ToDictionary(
        row => row.Groups["name"].Value, row => int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture));

    /// <summary>The kernels whose outputs are the C# reference's, in the order of the list.</summary>
    public static IEnumerable<string> OfReference =>
        Rows.Where(row => row.Groups["source"].Value == "REFERENCE").Select(row => row.Groups["name"].Value);

    /// <summary>The number of a kind, such as <c>distance</c>.</summary>
    public static int NumberOf(string name) =>
        Numbers.TryGetValue(name, out int number) ? number : throw new ArgumentException($"{ResourceName} lists no case '{name}'.", nameof(name));

    private static string ReadHeader()
    {
        using var header = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing.");
        return new StreamReader(header).ReadToEnd();
    }

    [GeneratedRegex(@"^    (?<source>CMSIS_NN|REFERENCE|OTHER)\((?<number>\d+), \w+, (?<name>\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
