using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>Reads the scale of a channel: a number, or a sentence (read as null) where every recording states its own.</summary>
internal sealed class PackedScaleConverter : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? null : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Headers are only read.");
}
