using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>The sample rate, as the text above the rows of recordings, a file of text beside them, or the folder's name states it.</summary>
internal static partial class RateNotes
{
    private const int LongestNote = 1 << 20;
    private const int HeadLines = 30;
    private static readonly string[] Extensions = [".md", ".txt", ".rst", ".info", ".names", ""];

    /// <summary>The rate in Hz and who states it; null when nothing does, or several are stated.</summary>
    /// <param name="path">The folder or file, as the user names it.</param>
    /// <param name="root">Where its files are.</param>
    /// <param name="recordings">The recordings' paths.</param>
    public static (double Rate, string Why)? Find(string path, string root, IReadOnlyCollection<string> recordings) =>
        Only(Above(recordings.First())) ?? Only(Beside(root, recordings)) ?? Only([(Path.GetFullPath(path), "the folder's name")]);

    /// <summary>Lines above the rows: remarks, and what stands before the header.</summary>
    private static IEnumerable<(string Text, string From)> Above(string recording) => Lines(recording).Take(HeadLines)
        .TakeWhile(line => CsvFields.IsComment(line) || line.Any(char.IsAsciiLetter) || line.Length == 0)
        .Select(line => (line, Path.GetFileName(recording)));

    private static IEnumerable<(string Text, string From)> Beside(string path, IReadOnlyCollection<string> recordings)
    {
        string root = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var known = recordings.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !known.Contains(Path.GetFullPath(file))
                && new FileInfo(file).Length < LongestNote)
            .SelectMany(file => Lines(file).Select(line => (line, Path.GetFileName(file))));
    }

    /// <summary>The one rate of lines that speak of sampling, or else of all lines.</summary>
    private static (double Rate, string Why)? Only(IEnumerable<(string Text, string From)> lines)
    {
        var all = lines.SelectMany(line => Hertz().Matches(line.Text).Concat(Stated().Matches(line.Text)).Select(match => (
            Rate: double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture),
            Why: $"{line.From} says '{match.Value.Trim()}'", IsOfSampling: Sampling().IsMatch(line.Text)))).Where(one => one.Rate > 0).ToArray();
        return new[] { all.Where(one => one.IsOfSampling).ToArray(), all }
            .Where(some => some.DistinctBy(one => one.Rate).Count() == 1).Select(some => ((double, string)?)(some[0].Rate, some[0].Why)).FirstOrDefault();
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var text = new StreamReader(SourceFiles.Open(path), Encoding.UTF8, true);
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    [GeneratedRegex(@"(?<![\d.])(?<rate>\d+(?:\.\d+)?)\s*(?:hz|hertz|sps|samples per second|samples/s|samples a second)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hertz();

    [GeneratedRegex(@"\b(?:sampl(?:e|ing)[ _]?(?:rate|frequency)|output data rate|odr)\b[\s:=,;]*(?:\(hz\)|\[hz\])?[\s:=,;]*(?<rate>\d+(?:\.\d+)?)(?![\d.]|\s*(?:k?hz|hertz|ms|s|%)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Stated();

    [GeneratedRegex(@"sampl|data rate|recorded at|captured at", RegexOptions.IgnoreCase)]
    private static partial Regex Sampling();
}
