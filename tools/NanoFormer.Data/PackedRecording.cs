using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>An entry of <c>recordings</c>: of one flight (<c>path</c>) by one sensor, or of one bearing under one load.</summary>
internal sealed record PackedRecording(
    [property: JsonPropertyName("label"), JsonRequired] int Label,
    [property: JsonPropertyName("offset_samples"), JsonRequired] int Offset,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples,
    [property: JsonPropertyName("path")] int? Path,
    [property: JsonPropertyName("imu")] int? Imu,
    [property: JsonPropertyName("load_hp")] int? LoadHorsepower,
    [property: JsonPropertyName("scale")] double? Scale);
