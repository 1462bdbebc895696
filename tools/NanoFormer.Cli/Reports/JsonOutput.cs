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

    private static readonly JsonSerializerOptions LineOptions = new(Options) { WriteIndented = false };

    /// <summary>The text of a value.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes a value to standard output.</summary>
    public static void Write<T>(T value) => Console.Out.WriteLine(Text(value));

    /// <summary>Writes a value on one line, for a command that goes on.</summary>
    public static void WriteLine<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, LineOptions));
}
