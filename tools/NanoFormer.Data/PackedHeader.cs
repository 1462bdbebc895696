using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>The parts of a packed data set's <c>header.json</c> that its reader uses.</summary>
internal sealed record PackedHeader
{
    /// <summary>Name of the format, in sets that this library wrote.</summary>
    [JsonPropertyName("format")]
    public string? Format { get; init; }

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
    public PackedLabels Labels { get; init; } = new([], new Dictionary<int, int>());

    /// <summary>Windows only: samples in a window.</summary>
    [JsonPropertyName("window_samples")]
    public int WindowSamples { get; init; }

    /// <summary>Recordings with labels for parts of them: where each begins; a list of entries that depend on the files.</summary>
    [JsonPropertyName("experiments")]
    public JsonElement? Experiments { get; init; }

    /// <summary>Recordings of one label each: a list of <see cref="PackedRecording"/>.</summary>
    [JsonPropertyName("recordings")]
    public JsonElement? Recordings { get; init; }

    /// <summary>Recordings of a machine at set speeds: a list of <see cref="PackedRun"/>.</summary>
    [JsonPropertyName("runs")]
    public JsonElement? Runs { get; init; }

    /// <summary>Whether the set has all of these files.</summary>
    public bool HasFiles(params string[] keys) => keys.All(Files.ContainsKey);
}

internal sealed record PackedChannel(
    [property: JsonPropertyName("name"), JsonRequired] string Name,
    [property: JsonPropertyName("unit"), JsonRequired] string Unit,
    [property: JsonPropertyName("scale"), JsonRequired, JsonConverter(typeof(PackedScaleConverter))] double? Scale);

internal sealed record PackedFile(
    [property: JsonPropertyName("file"), JsonRequired] string Name,
    [property: JsonPropertyName("bytes_raw"), JsonRequired] long RawBytes,
    [property: JsonPropertyName("sha256_gz"), JsonRequired] string Sha256);

/// <summary>Class names, and the number that each has in the label files.</summary>
internal sealed record PackedLabels(IReadOnlyList<string> Names, IReadOnlyDictionary<int, int> IndexOfNumber);
