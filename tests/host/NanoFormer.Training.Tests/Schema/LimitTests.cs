using System.Globalization;
using System.Text.Json.Nodes;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests.Schema;

/// <summary>The limits in the schema against the trainer: both refuse the same values.</summary>
public sealed class LimitTests
{
    private static readonly JsonNode Root = JsonNode.Parse(ConfigSchema.Create())!;

    public static TheoryData<string, string> BeyondLimits => [.. Files()
        .SelectMany(file => Beyond(JsonNode.Parse(File.ReadAllText(file))!, Root, "").Select(setting => (file, setting)))
        .DistinctBy(pair => pair.setting)];

    [Theory]
    [MemberData(nameof(BeyondLimits))]
    public void What_lies_beyond_a_limit_of_the_schema_is_refused_by_name(string file, string setting)
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Load(file, setting));

        Assert.Equal(ConfigError.OutOfRange, fault.Error);
        Assert.StartsWith($"{file}: {setting[..setting.IndexOf('=', StringComparison.Ordinal)]} ", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Numbers have limits, except those in lists and tables, which are checked together.</summary>
    [Fact]
    public void Every_number_has_limits() => Assert.Empty(Unlimited(Root, ""));

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Path.Combine(Repository.TrainerFolder, "Examples"), "*.json")
            .Concat(Directory.GetFiles(Repository.ModelsFolder, "train.json", SearchOption.AllDirectories));

    private static IEnumerable<string> Beyond(JsonNode config, JsonNode schema, string path)
    {
        schema = Target(schema);
        foreach (var (name, value) in config.AsObject())
        {
            if (value is null || schema["properties"]?[name] is not JsonObject own)
            {
                continue;
            }

            string place = path.Length == 0 ? name : $"{path}.{name}";
            foreach (string setting in BeyondOwn(own, place))
            {
                yield return setting;
            }

            foreach (string setting in value is JsonObject ? Beyond(value, own, place) : value is JsonArray many ? BeyondItems(many, own, place) : [])
            {
                yield return setting;
            }
        }
    }

    /// <summary>What a reference within the schema points at.</summary>
    private static JsonNode Target(JsonNode schema) => schema["$ref"] is { } reference
        ? reference.GetValue<string>()[2..].Split('/').Aggregate(Root, (node, key) => node[key]!)
        : schema;

    private static IEnumerable<string> BeyondItems(JsonArray many, JsonNode schema, string place) => many
        .Index()
        .Where(pair => pair.Item is JsonObject)
        .SelectMany(pair => Beyond(pair.Item!, Target(schema)["items"]!, FormattableString.Invariant($"{place}[{pair.Index}]")));

    private static IEnumerable<string> BeyondOwn(JsonNode schema, string place)
    {
        if (schema["minimum"] is { } low)
        {
            yield return $"{place}={(low.GetValue<decimal>() - 1).ToString(CultureInfo.InvariantCulture)}";
            yield return $"{place}={(schema["maximum"]!.GetValue<decimal>() + 1).ToString(CultureInfo.InvariantCulture)}";
        }

        if (schema["minItems"] is not null)
        {
            yield return $"{place}=[]";
        }
    }

    private static IEnumerable<string> Unlimited(JsonNode schema, string path) => (schema["properties"] as JsonObject ?? [])
        .SelectMany(pair =>
        {
            string place = $"{path}.{pair.Key}";
            bool isNumber = pair.Value!["type"]?.ToJsonString() is { } type
                && (type.Contains("number", StringComparison.Ordinal) || type.Contains("integer", StringComparison.Ordinal));
            IEnumerable<string> own = isNumber && pair.Value["minimum"] is null ? [place] : [];
            var items = pair.Value["items"] is JsonObject inside ? Unlimited(inside, place) : [];
            return own.Concat(Unlimited(pair.Value, place)).Concat(items);
        });
}
