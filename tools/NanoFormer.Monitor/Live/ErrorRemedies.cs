using System.Globalization;
using System.Text.Json;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Live;

/// <summary>What a device's errors and gaps mean and what to do about them: remedies.json, which follows firmware/LOG-FORMAT.md.</summary>
public static class ErrorRemedies
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>All of them; a <c>detail</c> of null stands for any.</summary>
    public static IReadOnlyList<ErrorRemedy> All { get; } = Read();

    /// <summary>The remedy of an error or gap record.</summary>
    public static ErrorRemedy Of(LogRecord record) => record.Kind == RecordKind.Gap
        ? Of("gap", record.String("cause"u8))
        : Of(record.String("code"u8) ?? "", record.String("detail"u8));

    /// <summary>The remedy of a code and detail; for a code that is not listed, that of an engine status.</summary>
    private static ErrorRemedy Of(string code, string? detail) =>
        All.FirstOrDefault(entry => entry.Code == code && entry.Detail == detail)
        ?? All.FirstOrDefault(entry => entry.Code == code && entry.Detail is null)
        ?? All.First(entry => entry.Code == "*");

    /// <summary>An error record as a finding.</summary>
    internal static Finding Explain(LogRecord record, Boot boot, string device)
    {
        var (code, detail) = (record.String("code"u8) ?? "", record.String("detail"u8));
        var remedy = Of(record);
        string value = record.TryGet("value"u8, out var number) ? $" {System.Text.Encoding.ASCII.GetString(number)}" : "";
        return new Finding(FindingKind.DeviceError, record.Line, $"{device}: {code} {detail}{value}: {remedy.Meaning}", 1, boot)
        {
            Remedy = remedy.Remedy,
        };
    }

    /// <summary>A gap record as a finding.</summary>
    internal static Finding ExplainGap(LogRecord record, Boot boot, string device)
    {
        string cause = record.String("cause"u8) ?? "";
        var remedy = Of(record);
        return new Finding(FindingKind.Gap, record.Line, string.Create(CultureInfo.InvariantCulture,
            $"{device}: {record.Number("lost"u8)} samples are missing in {record.Number("ms"u8) / 1000.0:0.0} s, {cause}: {remedy.Meaning}"), 1, boot)
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

/// <summary>An error or gap that devices report.</summary>
/// <param name="Code"><c>code</c> of the record; <c>gap</c> for gaps, <c>*</c> for every other.</param>
/// <param name="Detail"><c>detail</c> of the record, <c>cause</c> of a gap; null for any.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ErrorRemedy(string Code, string? Detail, string Meaning, string Remedy);
