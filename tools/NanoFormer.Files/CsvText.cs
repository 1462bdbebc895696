namespace NanoFormer.Files;

/// <summary>Fields of CSV files (RFC 4180).</summary>
public static class CsvText
{
    private const char Guard = '\'';

    /// <summary>The field, in quotes where it needs them.</summary>
    public static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>
    /// The field for a file that people open: a text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
    /// injection).
    /// </summary>
    public static string Cell(string text) => Quoted(IsFormula(text) ? Guard + text : text);

    /// <summary>A field without the apostrophe that <see cref="Cell"/> puts before a formula.</summary>
    public static ReadOnlySpan<char> WithoutGuard(ReadOnlySpan<char> field) =>
        field is [Guard, ..] && IsFormula(field[1..]) ? field[1..] : field;

    private static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
