namespace NanoFormer.Files;

/// <summary>Names of files that come from somewhere else: a header, an image, a recording.</summary>
public static class FileNames
{
    /// <summary>
    /// Whether a name names a file in the folder it is put after, on every system: no path, no <c>..</c>, no control characters.
    /// </summary>
    public static bool IsPlain(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' or ':' || char.IsControl(c));

    /// <summary>The name with everything but letters, digits, dashes and underscores replaced by an underscore.</summary>
    public static string Safe(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
