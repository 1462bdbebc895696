using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>An entry of <c>experiments</c> whose labels are in a file of segments.</summary>
internal sealed record PackedExperiment(
    [property: JsonPropertyName("experiment"), JsonRequired] int Experiment,
    [property: JsonPropertyName("subject"), JsonRequired] int Subject,
    [property: JsonPropertyName("offset_samples"), JsonRequired] int Offset,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples,
    [property: JsonPropertyName("split")] string? Split);
