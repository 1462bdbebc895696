using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using NanoFormer.Data.Import;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests.Schema;

/// <summary>The JSON schema of <c>train.json</c>, made of the configuration's records and their documentation.</summary>
internal static class ConfigSchema
{
    public static readonly JsonNamingPolicy Naming = JsonNamingPolicy.CamelCase;

    private static readonly XmlSummaries Summaries =
        new(typeof(TrainingConfig).Assembly, typeof(CsvSourceOptions).Assembly, typeof(DistanceNorm).Assembly);

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Create()
    {
        TrainingConfig.Json.MakeReadOnly(populateMissingResolver: true);
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = TrainingConfig.Json.GetJsonSchemaAsNode(typeof(TrainingConfig), exporter).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "NanoFormer training configuration");
        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type.IsEnum && !schema.ContainsKey("$ref"))
        {
            schema["enumDescriptions"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode?)Summaries.Of(type, name))]);
        }

        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
        {
            return Insert(schema, "description", context.Path.IsEmpty ? Summaries.Of(type) : null);
        }

        if (context.PropertyInfo is { IsRequired: false, AssociatedParameter: null } && DefaultOf(property) is { } value)
        {
            schema["default"] = value;
        }

        Limit(schema, property);
        return Insert(schema, "description", Summaries.Of(property));
    }

    private static void Limit(JsonObject schema, PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture));
            schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture));
        }

        if (property.GetCustomAttribute<LengthAttribute>() is { } length)
        {
            (schema["minItems"], schema["maxItems"]) = (length.MinimumLength, length.MaximumLength);
        }

        if (property.GetCustomAttribute<MinLengthAttribute>() is { } least)
        {
            schema["minItems"] = least.Length;
        }
    }

    /// <summary>What a property is when it is not given; null for a type that cannot be made without values.</summary>
    private static JsonNode? DefaultOf(PropertyInfo property) => property.ReflectedType!.GetConstructor([]) is null
        ? null
        : JsonSerializer.SerializeToNode(
            property.GetValue(Activator.CreateInstance(property.ReflectedType)), property.PropertyType, TrainingConfig.Json);

    private static JsonObject Insert(JsonObject schema, string key, string? text)
    {
        if (text is not null)
        {
            schema.Insert(0, key, text);
        }

        return schema;
    }
}
