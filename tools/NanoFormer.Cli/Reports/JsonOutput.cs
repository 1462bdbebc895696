using System.Text.Json;

namespace NanoFormer.Cli.Reports;

/// <summary>How every <c>--json</c> output is written: snake_case names, indented, invariant numbers.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>The text of a value.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes a value to standard output.</summary>
    public static void Write<T>(T value) => Console.Out.WriteLine(Text(value));
}
