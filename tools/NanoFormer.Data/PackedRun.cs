using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>An entry of <c>runs</c>: a machine in one configuration at one speed.</summary>
internal sealed record PackedRun(
    [property: JsonPropertyName("config"), JsonRequired] int Configuration,
    [property: JsonPropertyName("speed_pct"), JsonRequired] int SpeedPercent,
    [property: JsonPropertyName("offset_samples"), JsonRequired] int Offset,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples);
