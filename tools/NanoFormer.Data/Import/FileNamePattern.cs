using System.Text.RegularExpressions;

namespace NanoFormer.Data.Import;

/// <summary>
/// Takes labels and subjects out of file names: a pattern such as <c>{subject}_{label}_*</c>, matched with the path below the imported
/// folder, without its extension and with <c>/</c> between folders. <c>*</c> stands for anything.
/// </summary>
public sealed class FileNamePattern
{
    private readonly string _text;
    private readonly Regex _regex;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="DataException">
    /// <see cref="DataError.BadOption"/>: it names neither label nor subject, or something else.
    /// </exception>
    public FileNamePattern(string text)
    {
        _text = text;
        string escaped = Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal);
        string named = Regex.Replace(escaped, @"\\\{(label|subject)}", "(?<$1>[^/]+?)");
        if (named == escaped || named.Contains("\\{", StringComparison.Ordinal))
        {
            throw new DataException(DataError.BadOption,
                $"'{text}' is not a pattern of file names: write {{label}}, {{subject}} and *, such as {{subject}}_{{label}}_*.");
        }

        _regex = new Regex($"^{named}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>What the name of a file says; null, with a finding, when it does not have the form of the pattern.</summary>
    /// <param name="name">Path below the imported folder.</param>
    /// <param name="log">Gets names of another form.</param>
    /// <returns>Label and subject; null for the one that the pattern does not have.</returns>
    public (string? Label, string? Subject)? Match(string name, FindingLog log)
    {
        var match = _regex.Match(Path.ChangeExtension(name, null).Replace('\\', '/'));
        if (!match.Success)
        {
            log.Add(FindingKind.BadFileName, FindingOutcome.Refused, $"{name}: does not have the form {_text}");
            return null;
        }

        return (Value(match, "label"), Value(match, "subject"));
    }

    private static string? Value(Match match, string group) => match.Groups[group].Success ? match.Groups[group].Value : null;
}
