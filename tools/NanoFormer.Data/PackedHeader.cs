using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>The parts of a packed data set's <c>header.json</c> that its reader uses.</summary>
internal sealed record PackedHeader
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("dtype")]
    public required string DataType { get; init; }

    [JsonPropertyName("sampling_rate_hz")]
    public required double RateHz { get; init; }

    [JsonPropertyName("channels")]
    public required PackedChannel[] Channels { get; init; }

    [JsonPropertyName("files")]
    public required Dictionary<string, PackedFile> Files { get; init; }

    [JsonPropertyName("labels")]
    [JsonConverter(typeof(PackedLabelsConverter))]
    public required PackedLabels Labels { get; init; }

    /// <summary>Windows only: samples in a window.</summary>
    [JsonPropertyName("window_samples")]
    public int WindowSamples { get; init; }

    /// <summary>Recordings only: where each begins in the signal file.</summary>
    [JsonPropertyName("experiments")]
    public PackedExperiment[] Experiments { get; init; } = [];
}

internal sealed record PackedChannel(
    [property: JsonPropertyName("name"), JsonRequired] string Name,
    [property: JsonPropertyName("unit"), JsonRequired] string Unit,
    [property: JsonPropertyName("scale"), JsonRequired] double Scale);

internal sealed record PackedFile(
    [property: JsonPropertyName("file"), JsonRequired] string Name,
    [property: JsonPropertyName("bytes_raw"), JsonRequired] long RawBytes,
    [property: JsonPropertyName("sha256_gz"), JsonRequired] string Sha256);

internal sealed record PackedExperiment(
    [property: JsonPropertyName("experiment"), JsonRequired] int Experiment,
    [property: JsonPropertyName("subject"), JsonRequired] int Subject,
    [property: JsonPropertyName("offset_samples"), JsonRequired] int Offset,
    [property: JsonPropertyName("samples"), JsonRequired] int Samples,
    [property: JsonPropertyName("split")] string? Split);

/// <summary>Class names, and the number that each has in the label files.</summary>
internal sealed record PackedLabels(IReadOnlyList<string> Names, IReadOnlyDictionary<int, int> IndexOfNumber);
