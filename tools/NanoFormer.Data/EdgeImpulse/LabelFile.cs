using System.Text.Json.Serialization;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>
/// <c>info.labels</c> beside a folder's files: the label and the part of each
/// (https://docs.edgeimpulse.com/tools/specifications/data-annotation/ei-labels).
/// </summary>
internal sealed record LabelFile(
    [property: JsonPropertyName("version"), JsonRequired] int Version,
    [property: JsonPropertyName("files"), JsonRequired] LabelEntry[] Files)
{
    public const string FileName = "info.labels";
}

/// <summary>What is known of one file.</summary>
/// <param name="Path">Its path below the folder.</param>
/// <param name="Category"><c>training</c>, <c>testing</c>, or <c>split</c> to have it chosen.</param>
/// <param name="Label">Its label.</param>
/// <param name="Metadata">Free text by key.</param>
internal sealed record LabelEntry(
    [property: JsonPropertyName("path"), JsonRequired] string Path,
    [property: JsonPropertyName("category"), JsonRequired] string Category,
    [property: JsonPropertyName("label")] LabelValue? Label,
    [property: JsonPropertyName("metadata")] Dictionary<string, string>? Metadata);

/// <summary>The label of a file.</summary>
/// <param name="Type"><c>label</c>, <c>unlabeled</c>, or <c>multi-label</c>.</param>
/// <param name="Label">The class, for the type <c>label</c>.</param>
internal sealed record LabelValue(
    [property: JsonPropertyName("type"), JsonRequired] string Type,
    [property: JsonPropertyName("label"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label);
