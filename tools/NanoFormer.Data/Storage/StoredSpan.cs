using System.Text.Json.Serialization;

namespace NanoFormer.Data.Storage;

/// <summary>Consecutive samples of one class.</summary>
/// <param name="Label">Name of the class.</param>
/// <param name="Start">First sample, from the recording's own.</param>
/// <param name="Samples">How many.</param>
internal sealed record StoredSpan(
    [property: JsonPropertyName("label"), JsonRequired] string Label,
    [property: JsonPropertyName("start"), JsonRequired] int Start,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples);
