using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>An entry of <c>experiments</c> whose rows have flags.</summary>
internal sealed record PackedFlaggedFile(
    [property: JsonPropertyName("group"), JsonRequired] string Group,
    [property: JsonPropertyName("file"), JsonRequired] string File,
    [property: JsonPropertyName("offset_rows"), JsonRequired] int Offset,
    [property: JsonPropertyName("rows"), JsonRequired] int Rows);
