using System.Text.Json;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Live;

/// <summary>What a device's errors mean and what to do about them: remedies.json, which follows firmware/LOG-FORMAT.md.</summary>
public static class ErrorRemedies
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>All of them; a <c>detail</c> of null stands for any.</summary>
    public static IReadOnlyList<ErrorRemedy> All { get; } = Read();

    /// <summary>The remedy of a code and detail; for a code that is not listed, that of an engine status.</summary>
    public static ErrorRemedy Of(string code, string? detail) =>
        All.FirstOrDefault(entry => entry.Code == code && entry.Detail == detail)
        ?? All.FirstOrDefault(entry => entry.Code == code && entry.Detail is null)
        ?? All.First(entry => entry.Code == "*");

    /// <summary>An error record as a finding.</summary>
    internal static Finding Explain(LogRecord record, Boot boot, string device)
    {
        var (code, detail) = (record.String("code"u8) ?? "", record.String("detail"u8));
        var remedy = Of(code, detail);
        string value = record.TryGet("value"u8, out var number) ? $" {System.Text.Encoding.ASCII.GetString(number)}" : "";
        return new Finding(FindingKind.DeviceError, record.Line, $"{device}: {code} {detail}{value}: {remedy.Meaning}", 1, boot)
        {
            Remedy = remedy.Remedy,
        };
    }

    private static ErrorRemedy[] Read()
    {
        using var stream = typeof(ErrorRemedies).Assembly.GetManifestResourceStream("remedies.json")!;
        return JsonSerializer.Deserialize<ErrorRemedy[]>(stream, Options)!;
    }
}

/// <summary>An error that devices report.</summary>
/// <param name="Code"><c>code</c> of the record; <c>*</c> for every other.</param>
/// <param name="Detail"><c>detail</c> of the record; null for any.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ErrorRemedy(string Code, string? Detail, string Meaning, string Remedy);
