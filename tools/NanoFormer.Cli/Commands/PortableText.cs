using System.CommandLine;

namespace NanoFormer.Cli.Commands;

/// <summary>Words of a command line for others to read: without what only this machine and its user know.</summary>
internal static class PortableText
{
    /// <summary>The whole command line, as one would type it.</summary>
    public static string CommandLine(ParseResult parse) => "./run " + string.Join(' ', parse.Tokens.Select(token => Of(token.Value)));

    /// <summary>
    /// The word; a full path in it, also behind <c>=</c>, becomes one relative to the current folder or, outside of it, its last name.
    /// </summary>
    public static string Of(string word)
    {
        int value = word.IndexOf('=', StringComparison.Ordinal) + 1;
        string text = word[..value] + Shorten(word[value..]);
        return text.Contains(' ', StringComparison.Ordinal) ? $"'{text}'" : text;
    }

    private static string Shorten(string path)
    {
        if (!Path.IsPathRooted(path))
        {
            return path;
        }

        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path))
            : relative;
    }
}
