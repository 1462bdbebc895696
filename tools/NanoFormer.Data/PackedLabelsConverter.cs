using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Data;

/// <summary>Reads labels written as a list (numbered from 0) or as an object from number to name.</summary>
internal sealed class PackedLabelsConverter : JsonConverter<PackedLabels>
{
    public override PackedLabels Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            string[] names = JsonSerializer.Deserialize<string[]>(ref reader, options)!;
            return new PackedLabels(names, Enumerable.Range(0, names.Length).ToDictionary(i => i));
        }

        var byNumber = JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!;
        int[] numbers = byNumber.Keys.Select(ParseNumber).Order().ToArray();
        return new PackedLabels(
            [.. numbers.Select(n => byNumber[n.ToString(CultureInfo.InvariantCulture)])],
            numbers.Index().ToDictionary(pair => pair.Item, pair => pair.Index));
    }

    public override void Write(Utf8JsonWriter writer, PackedLabels value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Headers are only read.");

    private static int ParseNumber(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new JsonException($"label number '{key}' is not a number");
}
