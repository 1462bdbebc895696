using System.Text.Json.Serialization;

namespace NanoFormer.Data.Storage;

/// <summary>An entry of <c>recordings</c> in a set that this library wrote.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Source">File or session it was cut from; missing when it is whole.</param>
/// <param name="Subject">Who or what was recorded; empty when unknown.</param>
/// <param name="Split"><c>train</c>, <c>test</c>, or empty before a split.</param>
/// <param name="Offset">First sample in the signal file.</param>
/// <param name="Samples">Samples in time.</param>
/// <param name="Labels">The labelled spans in order of time, samples in none of them being unlabelled; null without labels.</param>
internal sealed record StoredRecording(
    [property: JsonPropertyName("name"), JsonRequired] string Name,
    [property: JsonPropertyName("source"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source,
    [property: JsonPropertyName("subject"), JsonRequired] string Subject,
    [property: JsonPropertyName("split")] string? Split,
    [property: JsonPropertyName("offset_samples"), JsonRequired] int Offset,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples,
    [property: JsonPropertyName("labels")] StoredSpan[]? Labels);

/// <summary>Consecutive samples of one class.</summary>
/// <param name="Label">Name of the class.</param>
/// <param name="Start">First sample, from the recording's own.</param>
/// <param name="Samples">How many.</param>
internal sealed record StoredSpan(
    [property: JsonPropertyName("label"), JsonRequired] string Label,
    [property: JsonPropertyName("start"), JsonRequired] int Start,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples);
