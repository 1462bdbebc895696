using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// Values given on the command line in place of a configuration's: <c>architecture.blocks[0].heads=2</c>. The value is JSON, or else text.
/// </summary>
public static class ConfigOverrides
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The JSON text with the overrides in it.</summary>
    /// <exception cref="ConfigException">The text is not JSON, or an override is not understood.</exception>
    public static string Apply(string json, IReadOnlyList<string> overrides)
    {
        if (overrides.Count == 0)
        {
            return json;
        }

        try
        {
            var root = JsonNode.Parse(json, documentOptions: Lenient) as JsonObject
                ?? throw new JsonException("the configuration is not an object");
            foreach (string text in overrides)
            {
                Apply(root, text);
            }

            return root.ToJsonString();
        }
        catch (JsonException fault)
        {
            throw new ConfigException(ConfigError.BadJson, fault.Message, fault);
        }
    }

    private static void Apply(JsonObject root, string text)
    {
        if (text.Split('=', 2) is not [var path, var value])
        {
            throw Wrong(text, "it must be PATH=VALUE");
        }

        string[] steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        JsonNode place = root;
        foreach (string step in steps[..^1])
        {
            place = Step(place, step, text);
        }

        switch (place)
        {
            case JsonObject fields:
                fields[steps[^1]] = Parse(value);
                break;
            case JsonArray items:
                items[Index(items, steps[^1], text)] = Parse(value);
                break;
            default:
                throw Wrong(text, $"'{steps[^1]}' is part of a plain value");
        }
    }

    private static JsonNode Step(JsonNode place, string step, string text)
    {
        switch (place)
        {
            case JsonObject fields:
                fields[step] ??= new JsonObject();
                return fields[step]!;
            case JsonArray items:
                return items[Index(items, step, text)] ?? throw Wrong(text, $"item {step} is null");
            default:
                throw Wrong(text, $"'{step}' is part of a plain value");
        }
    }

    private static int Index(JsonArray items, string step, string text) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < items.Count
            ? index
            : throw Wrong(text, $"there is no item '{step}' among {items.Count}");

    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value, documentOptions: Lenient);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static ConfigException Wrong(string text, string why) =>
        new(ConfigError.BadOverride, $"The setting '{text}' is not understood: {why}.");
}
