namespace NanoFormer.Data.Storage;

/// <summary>Names that can be a file's on every system.</summary>
internal static class SafeName
{
    /// <summary>The name with everything but letters, digits, dashes and underscores replaced by an underscore.</summary>
    public static string Of(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
