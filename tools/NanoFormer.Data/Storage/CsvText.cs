namespace NanoFormer.Data.Storage;

/// <summary>Fields of CSV files (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>The field, in quotes where it needs them.</summary>
    public static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
